import type { LayerEntry } from '../image/image.ts';
import { baseNameOf } from '../image/image-path.ts';
import type { FileNode, RootFilesystem } from '../image/root-filesystem.ts';
import type { ProgramKind } from './programs.ts';

/** One executable of the root filesystem with all that leads to it. */
export type Program = {
  readonly kind: ProgramKind;
  /** `content`: recognised by what it holds, whatever it is called; `link`: only a symlink bears the name. */
  readonly by: 'name' | 'content' | 'link';
  readonly bytes: number;
  /** The layer to blame: that of the file, with `by: 'link'` that of the symlink. */
  readonly layer: number;
  /** Never empty: files and hard links before symlinks, each with telling names first, then by path. */
  readonly names: readonly [FileNode, ...FileNode[]];
};

type KindOf = (name: string) => ProgramKind | undefined;

/** Executable regular files that are called so, or hold busybox or toybox, in any directory; sorted by path. */
export function findPrograms(filesystem: RootFilesystem, kindOf: KindOf): Program[] {
  return [...executables(filesystem).values()]
    .flatMap(({ body, names }) => recognise(body, names, kindOf))
    .sort((one, other) => comparePaths(one.names[0], other.names[0]));
}

type Executable = { readonly body: NonNullable<FileNode['body']>; readonly names: FileNode[] };

/** By body, so that hard links and symlinks meet; a dangling link and one to a folder lead to none. */
function executables(filesystem: RootFilesystem): Map<LayerEntry, Executable> {
  const found = new Map<LayerEntry, Executable>();
  for (const node of filesystem.files.values()) {
    const target = node.entry.type === 'symlink' ? filesystem.lookUp(`/${node.path}`) : node;
    if (target === undefined || target.body === null || !isExecutable(target)) continue;
    const { body } = target;
    const known = found.get(body.entry);
    if (known === undefined) found.set(body.entry, { body, names: [node] });
    else known.names.push(node);
  }
  return found;
}

/** A hard link shares the mode of its file, whichever of the two headers says it. */
function isExecutable({ entry, body }: FileNode): boolean {
  return ((entry.mode | (body?.entry.mode ?? 0)) & 0o111) !== 0;
}

function recognise(body: Executable['body'], names: readonly FileNode[], kindOf: KindOf): Program[] {
  const [first, ...rest] = [...names].sort(
    (one, other) => rank(one, kindOf) - rank(other, kindOf) || comparePaths(one, other),
  );
  if (first === undefined) return [];
  const telling = [first, ...rest].find((node) => kindOf(baseNameOf(node.path)) !== undefined);
  const kind = telling && kindOf(baseNameOf(telling.path));
  const program = { bytes: body.entry.bytes, layer: body.layer, names: [first, ...rest] } as const;
  if (kind !== undefined && telling === first) return [{ ...program, kind, by: 'name' }];
  if (body.entry.contains !== undefined) return [{ ...program, kind: 'shell', by: 'content' }];
  return kind !== undefined && telling !== undefined ? [{ ...program, kind, by: 'link', layer: telling.layer }] : [];
}

function rank(node: FileNode, kindOf: KindOf): number {
  return (node.entry.type === 'symlink' ? 2 : 0) + (kindOf(baseNameOf(node.path)) === undefined ? 1 : 0);
}

function comparePaths(one: FileNode, other: FileNode): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}
