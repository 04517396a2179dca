import { escapeHtml } from '../../escape.ts';

/** HTML that is safe to stand in a page; only the template below makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, HTML is not, undefined is nothing. */
export type Part = string | number | Html | undefined | readonly Part[];

/** A piece of a page. What the template itself says is ours; every text that is put into it is escaped. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(template.map((ours, at) => (at === 0 ? '' : write(parts[at - 1])) + ours).join(''));
}

function write(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  return typeof part === 'number' ? String(part) : part.map(write).join('');
}
