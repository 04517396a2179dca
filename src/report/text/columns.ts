import { displayWidth, truncate } from './display-width.ts';
import type { Paint, Style } from './paint.ts';

/** Safe text of one line and how it is meant; `painter` where one style is not enough. */
export type Cell = { readonly text: string; readonly style?: Style; readonly painter?: (text: string) => string };
export type TextColumn = { readonly title: string; readonly align?: 'right' };

/** Rows in columns two spaces apart: the last gets what is left of `width`, none of the others more than a third of it. */
export function alignColumns(
  columns: readonly TextColumn[],
  rows: readonly (readonly Cell[])[],
  { paint, width, indent = '  ' }: { readonly paint: Paint; readonly width: number; readonly indent?: string },
): string[] {
  const header = columns.map(({ title }): Cell => ({ text: title, style: 'dim' }));
  const hasHeader = columns.some(({ title }) => title !== '');
  const all = hasHeader ? [header, ...rows] : rows;
  const widest = Math.min(40, Math.floor(width / 3));
  const widths = columns.map((_, at) =>
    Math.min(
      widest,
      all.reduce((most, row) => Math.max(most, displayWidth(row[at]?.text ?? '')), 0),
    ),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, indent.length);
  const last = Math.max(10, width - before);
  return all.map((row) => {
    const cells = columns.map(({ align }, at) => {
      const isLast = at === columns.length - 1;
      const cell = row[at] ?? { text: '' };
      const text = truncate(cell.text, isLast ? last : (widths[at] ?? 0));
      return pad({ ...cell, text }, { width: isLast ? 0 : (widths[at] ?? 0), align, paint });
    });
    return (indent + cells.join('  ')).trimEnd();
  });
}

type Padding = { readonly width: number; readonly align: 'right' | undefined; readonly paint: Paint };

function pad({ text, style, painter }: Cell, { width, align, paint }: Padding): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  const painted = painter?.(text) ?? (style === undefined ? text : paint(style, text));
  return align === 'right' ? space + painted : painted + space;
}
