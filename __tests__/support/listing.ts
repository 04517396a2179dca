import type { FileNode, RootFilesystem } from '../../src/image/root-filesystem.ts';
import { addedByDocker, describe, type Listing } from './engine-oracle.ts';

/** Our root filesystem in the oracle's words, less what Docker adds. */
export function listingOf({ files }: RootFilesystem): Listing {
  const nodes = [...files.values()].filter(({ path }) => path !== '' && !addedByDocker.has(path));
  return new Map(nodes.map((node) => [node.path, lineOf(node)]));
}

/** Where two listings differ; the first few, so that a failure can be read. */
export function differences(ours: Listing, theirs: Listing): readonly string[] {
  // Docker makes the folders of what it adds, and those that it mounts.
  const isTheirs = (path: string) => madeByDocker.has(path) && !ours.has(path);
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])].filter((path) => !isTheirs(path));
  return paths
    .filter((path) => ours.get(path) !== theirs.get(path))
    .slice(0, 20)
    .map((path) => `${path}: ${ours.get(path)} and not ${theirs.get(path)}`);
}

const madeByDocker = new Set(['dev', 'etc', 'proc', 'sys']);

const typeLetters: Readonly<Record<string, string>> = {
  ...{ file: '-', hardlink: '-', directory: 'd', symlink: 'l' },
  ...{ char: 'c', block: 'b', fifo: 'p' },
};

function lineOf({ entry, body }: FileNode): string {
  return describe({
    type: typeLetters[entry.type] ?? entry.type,
    mode: entry.mode,
    owner: `${entry.uid}/${entry.gid}`,
    bytes: body?.entry.bytes ?? 0,
    target: entry.type === 'symlink' ? (entry.linkTarget ?? '') : '',
  });
}
