import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineKind, runIn } from './engine.ts';

/** What Docker and GNU tar say of an image, with none of our code. */

/** One name of the root filesystem: type, permission bits, owner, size and link target in one line. */
export type Listing = ReadonlyMap<string, string>;

/** The root filesystem as a container would see it (a real overlay mount), less what Docker adds to every container. */
export async function exportedFiles(kind: EngineKind, image: string): Promise<Listing> {
  const container = (await succeed(kind, ['docker', 'create', image, '/none'])).trim();
  try {
    const listing = await listTar(kind, ['docker', 'export', container]);
    return new Map([...listing].filter(([path]) => path !== '' && !addedByDocker.has(path)));
  } finally {
    await succeed(kind, ['docker', 'rm', container]);
  }
}

export const addedByDocker: ReadonlySet<string> = new Set([
  ...['.dockerenv', 'dev/console', 'dev/pts', 'dev/shm'],
  ...['etc/hostname', 'etc/hosts', 'etc/mtab', 'etc/resolv.conf'],
]);

/** What each step of the image's history ran, oldest first. */
export async function historyOf(kind: EngineKind, image: string): Promise<readonly string[]> {
  const out = await succeed(kind, ['docker', 'history', '--no-trunc', '--format', '{{json .CreatedBy}}', image]);
  return out
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line))
    .reverse();
}

export async function diffIdsOf(kind: EngineKind, image: string): Promise<readonly string[]> {
  return JSON.parse(await succeed(kind, ['docker', 'image', 'inspect', '--format', '{{json .RootFS.Layers}}', image]));
}

/** Writes `docker save` to the folder, packed as `image.tar` and unpacked beside it. */
export async function saveImage(kind: EngineKind, image: string, folder: string): Promise<string> {
  const file = join(folder, 'image.tar');
  await succeed(kind, ['docker', 'save', '--output', file, image]);
  await succeed(kind, ['tar', '--extract', '--file', file, '--directory', folder]);
  return file;
}

type Descriptor = { readonly digest: string; readonly size: number };

/** The sums of the saved image: what GNU tar lists as sizes of regular files per layer, and what the raw manifest says. */
export async function weighSaved(kind: EngineKind, folder: string) {
  const [saved] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as [{ Layers: string[] }];
  const unpackedBytes: number[] = [];
  for (const layer of saved.Layers) unpackedBytes.push(await sumByTar(kind, join(folder, layer)));
  return { unpackedBytes, downloadBytes: kind === 'classic' ? null : await sumOfManifest(folder) };
}

async function sumOfManifest(folder: string): Promise<number> {
  const blob = async (digest: string) =>
    JSON.parse(await readFile(join(folder, 'blobs', digest.replace(':', '/')), 'utf8'));
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as { manifests: [Descriptor] };
  let document = await blob(index.manifests[0].digest);
  if (document.manifests) document = await blob(imageIn(document.manifests).digest);
  const { config, layers } = document as { config: Descriptor; layers: Descriptor[] };
  const distinct = new Map([config, ...layers].map((each) => [each.digest, each.size]));
  return [...distinct.values()].reduce((sum, each) => sum + each, 0);
}

function imageIn(manifests: readonly (Descriptor & { platform?: { os?: string } })[]): Descriptor {
  const found = manifests.find(({ platform }) => platform?.os === 'linux');
  if (found === undefined) throw new Error('the index lists no image for linux');
  return found;
}

async function sumByTar(kind: EngineKind, file: string): Promise<number> {
  const sum = `tar --list --verbose --numeric-owner --file "$1" | awk '/^-/ { sum += $3 } END { printf "%d", sum }'`;
  return Number(await succeed(kind, ['sh', '-c', sum, 'sh', file]));
}

/** What GNU tar lists of the tar that a program writes. */
async function listTar(kind: EngineKind, program: readonly string[]): Promise<Listing> {
  const list = '"$@" | LC_ALL=C tar --list --verbose --numeric-owner --full-time --quoting-style=c --file -';
  const lines = (await succeed(kind, ['sh', '-c', list, 'sh', ...program])).trimEnd().split('\n');
  const listing = new Map<string, string>();
  for (const line of lines) {
    const found =
      /^(.)(.{9}) (\d+\/\d+) +(\S+) \S+ \S+ "((?:[^"\\]|\\.)*)"(?: (?:->|link to) "((?:[^"\\]|\\.)*)")?$/.exec(line);
    if (found === null) throw new Error(`tar lists ${line}`);
    const [, type = '', mode = '', owner = '', size = '', name = '', link = ''] = found;
    const path = imagePath(name);
    // A hard link is another name of what was listed before.
    const first = type === 'h' ? listing.get(imagePath(link)) : undefined;
    listing.set(
      path,
      first ??
        describe({
          type,
          mode: permissions(mode),
          owner,
          bytes: type === '-' ? Number(size) : 0,
          target: unquoted(link),
        }),
    );
  }
  return listing;
}

export type Described = {
  /** As `ls -l` writes it. */
  readonly type: string;
  readonly mode: number;
  readonly owner: string;
  readonly bytes: number;
  readonly target: string;
};

/** The line of a listing. */
export function describe({ type, mode, owner, bytes, target }: Described): string {
  return `${type} ${mode.toString(8)} ${owner} ${bytes} ${target}`.trim();
}

function permissions(text: string): number {
  const bits = [...text].map((char) => (char === '-' || char === 'S' || char === 'T' ? 0 : 1));
  const special = [text[2], text[5], text[8]].map((char) => (/[sStT]/.test(char ?? '') ? 1 : 0));
  return Number.parseInt([...special, ...bits].join(''), 2);
}

function imagePath(quoted: string): string {
  return unquoted(quoted).replace(/^\.?\/|\/$/g, '');
}

/** Undoes C quoting, in our own notation: a byte that is not UTF-8 as \xHH, a backslash doubled. */
function unquoted(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') bytes.push(text.charCodeAt(at));
    else if (/[0-7]/.test(text[at + 1] ?? '')) {
      bytes.push(Number.parseInt(text.slice(at + 1, at + 4), 8));
      at += 3;
    } else bytes.push((escapes[text[++at] ?? ''] ?? text[at] ?? '').charCodeAt(0));
  }
  return Buffer.from(bytes).toString('utf8').replaceAll('\\', '\\\\');
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

async function succeed(kind: EngineKind, [program = '', ...args]: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runIn(kind, program, args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}
