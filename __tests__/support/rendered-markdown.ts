import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Markdown as a GFM renderer gives it, raw HTML let through as GitHub does before it filters. */
export function renderGfm(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** The names of all tags in some HTML, sorted, each once. */
export function tagsOf(html: string): string[] {
  return [
    ...new Set(Array.from(html.matchAll(/<\/?([a-z][a-z0-9]*)/gi), ([, name = '']) => name.toLowerCase())),
  ].sort();
}

/** The text that GitHub searches for mentions and references: what stands outside of code. */
export function proseOf(html: string): string {
  return decode(html.replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ''));
}

/** HTML's entities back to characters, as far as a renderer writes them. */
export function decode(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** What GitHub would turn into a mention, a reference, a link or an emoji. */
export const githubReference = /@[\w-]|#\d|\bGH-\d|:\/\/|\bwww\.|[0-9a-f]{7}|:[\w+-]+:/i;
