import { resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Files } from './files.ts';
import { quote } from './quote.ts';

/** The ways to an image, spelled as skopeo spells them; both archives are told apart by their content, whichever was named. */
export const transports = ['oci', 'oci-archive', 'docker-archive', 'docker-daemon', 'docker'] as const;
export type Transport = (typeof transports)[number];

/** An image that exists, and where. */
export type ImageSource = {
  readonly transport: Transport;
  /** A folder, a file, or a name in the daemon or registry. */
  readonly place: string;
  /** Which image of a folder or archive that holds several. */
  readonly tag?: string;
  /** As typed. */
  readonly written: string;
  /** Of an IMAGE without transport: one sentence that says as what it was taken. */
  readonly guess?: string;
};

type Place = { readonly cwd: string; readonly files: Pick<Files, 'kindOf'> };

/** Whether a text says by its beginning that it names an image: `oci:`, `docker://` and the others. */
export function hasTransport(written: string): boolean {
  const [, word = '', rest = ''] = /^([a-z-]+):(.*)$/s.exec(written) ?? [];
  if (word === 'docker') return rest.startsWith('//');
  return transports.some((known) => known === word);
}

/** Reads what was typed for IMAGE; a bare path or name is guessed. Throws UserError (exit 2) for what cannot be an image. */
export async function readImageSource(written: string, place: Place): Promise<ImageSource> {
  if (written === '') throw notAnImage('IMAGE is empty.');
  const [, word = '', rest = ''] = /^([a-z-]+):(.*)$/s.exec(written) ?? [];
  const transport = transports.find((known) => known === word);
  if (foreignTransports.has(word)) throw notAnImage(`The transport ${quote(word)} is not supported.`);
  if (transport === undefined) return guess(written, place);
  if (transport === 'docker' && !rest.startsWith('//')) return guess(written, place);
  const name = transport === 'docker' ? rest.slice(2) : rest;
  if (name === '') throw notAnImage(`${quote(written)} names no image.`);
  if (transport === 'docker') return { transport, place: name, written };
  if (transport === 'docker-daemon') return { transport, place: daemonName(name), written };
  const found = { transport, ...(await splitTag(name, place)), written };
  await refuseOtherKind(found, place);
  return found;
}

/** What skopeo has besides. */
const foreignTransports = new Set(['dir', 'containers-storage', 'ostree', 'sif', 'tarball']);

async function guess(written: string, { cwd, files }: Place): Promise<ImageSource> {
  const kind = await files.kindOf(resolve(cwd, written));
  if (kind === 'folder') {
    if ((await files.kindOf(resolve(cwd, written, 'index.json'))) !== 'file') {
      throw new UserError(`${quote(written)} is a folder without an index.json: no OCI layout.`, {
        hint: `To read an image of that name from Docker: docker-daemon:${written}`,
      });
    }
    return { transport: 'oci', place: written, written, guess: guessed(written, 'a folder', 'oci') };
  }
  if (kind === 'file' || kind === 'other') {
    return {
      transport: 'docker-archive',
      place: written,
      written,
      guess: guessed(written, 'a file', 'docker-archive'),
    };
  }
  if (/^[./~]/.test(written)) throw missing(written);
  const place = daemonName(written);
  return {
    transport: 'docker-daemon',
    place,
    written,
    guess: `${quote(written)} is no path: taken as docker-daemon:${place}`,
  };
}

function guessed(written: string, what: string, transport: Transport): string {
  return `${quote(written)} is ${what}: taken as ${transport}:${written}`;
}

/** `docker save NAME` would save every tag of that name. An ID stays what it is. */
function daemonName(name: string): string {
  const isId = /^(sha256:)?[0-9a-f]{12,64}$/.test(name);
  const hasTag = name.includes('@') || /:[^/]+$/.test(name);
  return isId || hasTag ? name : `${name}:latest`;
}

/** A path may hold colons: the longest front part that exists is the path, what is behind it the tag. */
async function splitTag(name: string, { cwd, files }: Place): Promise<Pick<ImageSource, 'place' | 'tag'>> {
  if ((await files.kindOf(resolve(cwd, name))) !== 'missing') return { place: name };
  for (let colon = name.lastIndexOf(':'); colon > 0; colon = name.lastIndexOf(':', colon - 1)) {
    const [place, tag] = [name.slice(0, colon), name.slice(colon + 1)];
    if ((await files.kindOf(resolve(cwd, place))) === 'missing') continue;
    return tag === '' ? { place } : { place, tag };
  }
  throw missing(name);
}

async function refuseOtherKind({ transport, place }: ImageSource, { cwd, files }: Place): Promise<void> {
  const isFolder = (await files.kindOf(resolve(cwd, place))) === 'folder';
  if (isFolder === (transport === 'oci')) return;
  const [is, fits] = isFolder ? ['a folder', 'oci'] : ['a file', 'oci-archive or docker-archive'];
  throw new UserError(`${quote(place)} is ${is}, which ${transport}: does not read.`, { hint: `Use ${fits}:${place}` });
}

function missing(path: string): UserError {
  return notAnImage(`${quote(path)} does not exist.`);
}

function notAnImage(message: string): UserError {
  return new UserError(message, {
    hint: 'IMAGE is oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE, docker-daemon:NAME, docker://REGISTRY/NAME, or a path or name alone.',
  });
}
