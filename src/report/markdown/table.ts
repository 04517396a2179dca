/** A column's heading and side; numbers stand on the right. */
export type Column = { readonly title: string; readonly align?: 'right' };

/** A GFM table of cells that are safe Markdown already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  // A number stays on one line with its unit.
  const unbroken = rows.map((cells) =>
    cells.map((cell, at) => (columns[at]?.align === 'right' ? cell.replaceAll(' ', '\u{a0}') : cell)),
  );
  return [columns.map(({ title }) => title), rule, ...unbroken].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
