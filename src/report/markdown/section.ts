import { escapeHtml } from '../../escape.ts';
import type { ImageReport } from '../report.ts';

/** A collapsed block; `title` and `summary` are safe HTML, `body` is safe Markdown. */
export function section(title: string, summary: string, body: string): string {
  return details('<details>', { title, summary, body });
}

/** The same, open until a reader closes it. */
export function openSection(title: string, summary: string, body: string): string {
  return details('<details open>', { title, summary, body });
}

type Section = { readonly title: string; readonly summary: string; readonly body: string };

function details(start: string, { title, summary, body }: Section): string {
  // The blank lines make GitHub read the body as Markdown again.
  return `${start}\n<summary><b>${title}</b> · ${summary}</summary>\n\n${body}\n\n</details>`;
}

/** ` on linux/arm64` where an image has several platforms; anything but a plain platform is left out. */
export function platformSuffix({ platform }: { readonly platform: string }, { platforms }: ImageReport): string {
  if (platforms.length < 2) return '';
  return /^[a-z0-9]+(\/[a-z0-9]+){1,2}$/.test(platform) ? ` on ${escapeHtml(platform)}` : ' on another platform';
}
