/** A reference as BuildKit understands it: `name` always with its registry, `docker.io/library/alpine`. */
export type ImageReference = { readonly name: string; readonly tag?: string; readonly digest?: string };

/** Reads an image reference; undefined when BuildKit would call it invalid. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (/^[a-f0-9]{64}$/.test(text)) return undefined;
  const { domain, remainder } = splitDomain(text);
  const match = REFERENCE.exec(`${domain}/${remainder}`);
  const name = match?.groups?.name;
  if (name === undefined || name.length > MAX_NAME + 1 + domain.length) return undefined;
  const { tag, digest } = match?.groups ?? {};
  if (digest?.startsWith('sha256:') && !/^sha256:[a-f0-9]{64}$/.test(digest)) return undefined;
  return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The name under which BuildKit looks for a build context: `docker.io/library/alpine:latest` is `alpine`; undefined when it cannot be one. */
export function contextKey(text: string): string | undefined {
  const reference = parseImageReference(text);
  if (reference === undefined) return undefined;
  const familiar = reference.name.replace(/^docker\.io\//, '').replace(/^library\/([^/]+)$/, '$1');
  const name = reference.name.startsWith('docker.io/') ? familiar : reference.name;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${name}${reference.tag === undefined ? '' : `:${reference.tag}`}${digest}`.replace(/:latest$/, '');
}

const MAX_NAME = 255;

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(?<name>${DOMAIN}/${PART}(?:/${PART})*)(?::(?<tag>${TAG}))?(?:@(?<digest>${DIGEST}))?$`);

function splitDomain(text: string): { readonly domain: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  if (!isDomain) return { domain: 'docker.io', remainder: slash < 0 ? `library/${text}` : text };
  const domain = first === 'index.docker.io' ? 'docker.io' : first;
  const remainder = text.slice(slash + 1);
  return { domain, remainder: domain === 'docker.io' && !remainder.includes('/') ? `library/${remainder}` : remainder };
}
