import { type Html, html } from './html.ts';

/** A phrase whose `` `…` `` parts are code. An odd number of backticks marks nothing. */
export function phrase(text: string): Html {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return html`${text}`;
  return html`${parts.map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}
