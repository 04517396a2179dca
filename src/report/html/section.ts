import { type Html, html, type Part } from './html.ts';

/** A part of the page under its heading; `summary` says the most important of it in a few words. */
export function section(title: string, summary: string, body: Part): Html {
  const said = summary === '' ? undefined : html` <small>${summary}</small>`;
  return html`<section>\n<h2>${title}${said}</h2>\n${body}</section>\n`;
}

/** A list of phrases that are safe already. Nothing without any. */
export function list(items: readonly Part[]): Html | undefined {
  return items.length === 0 ? undefined : html`<ul>\n${items.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;
}

/** A share of a whole as a bar; its length is an attribute, since the page may hold no style of its own. */
export function bar(part: number, whole: number): Html {
  const share = whole <= 0 ? 0 : Math.max(0, Math.min(1, part / whole));
  const length = (share * 100).toFixed(1);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${length}" height="8"/></svg>`;
}
