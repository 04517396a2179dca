import { type Html, html, type Part } from './html.ts';

/** A column's heading and side; numbers stand on the right. */
export type Column = { readonly title: string; readonly align?: 'right' };

/** A table that scrolls by itself where the page is narrow. */
export function table(columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const head = columns.map(({ title, align }) => html`<th${sideOf(align)}>${title}</th>`);
  const body = rows.map(
    (cells) => html`<tr>${cells.map((cell, at) => html`<td${sideOf(columns[at]?.align)}>${cell}</td>`)}</tr>\n`,
  );
  return html`<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table></div>\n`;
}

function sideOf(align: 'right' | undefined): Html | undefined {
  return align === undefined ? undefined : html` class="number"`;
}
