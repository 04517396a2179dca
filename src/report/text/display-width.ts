const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{a4cf}\u{a960}-\u{a97f}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe10}-\u{fe19}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{16fe0}-\u{18dff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text without control characters takes in a terminal (Unicode TR 11; emoji are two wide). */
export function displayWidth(text: string): number {
  // Nearly all text is this, and looking for graphemes in ten thousand paths takes seconds.
  if (/^[ -~]*$/.test(text)) return text.length;
  return Array.from(segmenter.segment(text)).reduce((sum, { segment }) => sum + clusterWidth(segment), 0);
}

/** The text cut to at most `width` columns, with `…` where something is missing. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += clusterWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept.trimEnd()}…`;
}

/** The text in pieces of at most `width` columns. */
export function splitAt(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const pieces = [''];
  for (const { segment } of segmenter.segment(text)) {
    const last = pieces.length - 1;
    const joined = `${pieces[last] ?? ''}${segment}`;
    if (pieces[last] !== '' && displayWidth(joined) > width) pieces.push(segment);
    else pieces[last] = joined;
  }
  return pieces;
}

function clusterWidth(cluster: string): number {
  if (wide.test(cluster) || /\p{Emoji_Presentation}|\u{fe0f}/u.test(cluster)) return 2;
  return /^\p{M}+$/u.test(cluster) ? 0 : 1;
}
