import { UserError } from '../../user-error.ts';
import { type Digest, isDigest } from '../digest.ts';

/** An image in a registry; what Docker fills in (docker.io, library/, latest) is filled in. */
export type RegistryReference = {
  /** Host and port as credentials are kept for it: `docker.io`, `ghcr.io`, `localhost:5000`. */
  readonly host: string;
  /** `library/alpine`. */
  readonly repository: string;
  /** Null where a digest alone is written. */
  readonly tag: string | null;
  /** The digest that the reference pins; it wins over the tag, as in Docker. */
  readonly digest: Digest | null;
};

/** Reads `[HOST/]NAME[:TAG][@DIGEST]` by the grammar of the distribution project; exit 2 with the reason for anything else. */
export function parseRegistryReference(text: string): RegistryReference {
  const { host, rest } = splitHost(text);
  const match = restPattern.exec(rest);
  const { repository, tag, digest } = match?.groups ?? {};
  if (!isHost(host) || repository === undefined || repository.length + host.length > maxNameLength) {
    throw invalid(text, reasonFor(text, rest));
  }
  if (digest !== undefined && !isDigest(digest)) throw invalid(text, 'only sha256 digests of 64 hex digits are known');
  return { host, repository, tag: tag ?? (digest === undefined ? 'latest' : null), digest: digest ?? null };
}

/** The reference in full: `docker.io/library/alpine:latest`. */
export function formatReference({ host, repository, tag, digest }: RegistryReference): string {
  return `${host}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}

const hub = 'docker.io';
const maxNameLength = 255;
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::(?<port>[0-9]{1,5}))?$`);
const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const restPattern = new RegExp(
  `^(?<repository>${part}(?:/${part})*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[^@]+))?$`,
);

/** What stands before the first slash is a host when it looks like one: a dot, a port, an upper-case letter, `localhost`. */
function splitHost(text: string): { readonly host: string; readonly rest: string } {
  const slash = text.indexOf('/');
  const first = slash === -1 ? '' : text.slice(0, slash);
  const isWritten = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const host = isWritten && first !== 'index.docker.io' ? first.toLowerCase() : hub;
  const rest = isWritten ? text.slice(slash + 1) : text;
  return { host, rest: host === hub && !rest.includes('/') ? `library/${rest}` : rest };
}

/** The grammar allows more than a URL does: `1.2.3.4.5`, or a port of 99999. */
function isHost(host: string): boolean {
  return hostPattern.test(host) && URL.canParse(`https://${host}/`);
}

function reasonFor(text: string, rest: string): string {
  if (text === '') return 'it is empty';
  if (/^[a-z]+:\/\//i.test(text)) return 'leave the scheme out';
  if (/\s/.test(text)) return 'it has a space in it';
  const name = rest.replace(/[:@].*$/, '');
  if (name !== name.toLowerCase()) return 'names are in lower case';
  if (text.length > maxNameLength) return 'it is too long';
  return 'it is not of the form [HOST/]NAME[:TAG][@DIGEST]';
}

function invalid(text: string, reason: string): UserError {
  return new UserError(`${JSON.stringify(text.slice(0, 300))} is not the name of an image: ${reason}`, {
    hint: 'Write it as docker://ghcr.io/owner/app:1.2 or docker://alpine@sha256:….',
  });
}
