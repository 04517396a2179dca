/** Cuts a line so that a terminal shows it in at most `columns` cells, with `…` where something is missing. */
export function cutToWidth(line: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const { segment } of GRAPHEMES.segment(line)) {
    const next = width + cellsOf(segment);
    if (next > columns) return `${dropLast(kept, columns - 1)}…`;
    width = next;
    kept += segment;
  }
  return line;
}

const GRAPHEMES = new Intl.Segmenter('en');
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

function cellsOf(grapheme: string): number {
  if (/^\p{M}+$/u.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** Whole graphemes that fit. */
function dropLast(text: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    width += cellsOf(segment);
    if (width > columns) break;
    kept += segment;
  }
  return kept;
}
