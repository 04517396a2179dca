/** How a piece of text is meant; a terminal without colour shows it plain. */
export type Style = 'pass' | 'fail' | 'error' | 'near' | 'dim' | 'bold' | 'code';
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  pass: [32, 39],
  fail: [31, 39],
  error: [33, 39],
  near: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
  code: [36, 39],
};

/** Paints with the terminal's own 16 colours, which follow the person's theme; without `color` the text stays as it is. */
export function createPaint(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (style, text) => {
    const [on, off] = codes[style];
    return text === '' ? '' : `\u{1b}[${on}m${text}\u{1b}[${off}m`;
  };
}
