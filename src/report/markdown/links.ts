import { escapeMarkdownCode } from '../../escape.ts';

/** Gives the address of a file of the repository, at a line; undefined where there is none. Never built from the image. */
export type Links = { readonly file: (path: string, line?: number) => string | undefined };

/** `Dockerfile:18` as code, linked where that is possible. */
export function fileLink(links: Links | undefined, file: string, line: number | undefined): string {
  return link(escapeMarkdownCode(line === undefined ? file : `${file}:${line}`), links?.file(file, line));
}

/** The line number alone, for a table column; `file` is unknown where there is no Dockerfile. */
export function lineLink(links: Links | undefined, file: string | undefined, line: number | undefined): string {
  if (line === undefined) return '';
  return link(String(line), file === undefined ? undefined : links?.file(file, line));
}

/** A link whose label is safe Markdown; the label alone where the address is none of the web. */
export function link(label: string, address: string | undefined): string {
  const destination = address === undefined ? undefined : safeDestination(address);
  return destination === undefined ? label : `[${label}](${destination})`;
}

function safeDestination(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return href.replace(/[^\w\-.~:/?#@!$&+,;=%]/g, (character) =>
    encodeURIComponent(character).replace(/[()'*]/g, percent),
  );
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
