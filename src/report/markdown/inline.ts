import { escapeMarkdown, escapeMarkdownCode, escapeMarkdownCodeInTable } from '../../escape.ts';

/** A phrase whose `` `…` `` parts are code: the code as code spans, the rest as plain text. */
export function inline(phrase: string): string {
  return mark(phrase, escapeMarkdownCode);
}

/** The same for a table cell. */
export function inlineInTable(phrase: string): string {
  return mark(phrase, escapeMarkdownCodeInTable);
}

function mark(phrase: string, escapeCode: (text: string) => string): string {
  const parts = phrase.split('`');
  // An odd number of backticks closes nothing: then none of them marks code.
  if (parts.length % 2 === 0) return escapeMarkdown(phrase);
  return parts.map((part, at) => (at % 2 === 1 ? escapeCode(part) : escapeBetween(part))).join('');
}

/** Plain text between two spans keeps the spaces at its ends. */
function escapeBetween(text: string): string {
  const start = /^\s/.test(text) ? ' ' : '';
  const end = /\S\s+$/.test(text) ? ' ' : '';
  return start + escapeMarkdown(text) + end;
}
