import { endsLikeFile } from './file-names.ts';
import type { Known } from './known.ts';
import { below, join, type Region } from './region.ts';
import type { CopySource, CopyWrite } from './write.ts';

/**
 * Whether a COPY is certain to have written a file that stands at this path once the stage is done: then nothing
 * before it counts. A tree is never certain, nor is what a pattern or an exclusion may have left out.
 */
export function surelyWrites(copy: CopyWrite, { path, isTree }: Region, known: Known): boolean {
  const { dest, sources, isPartial, keepsParents } = copy;
  if (isTree || dest === undefined || isPartial || keepsParents) return false;
  const inside = below(dest, path);
  return inside !== undefined && sources.some((source) => puts(source, { copy, inside, known }));
}

type Place = { readonly copy: CopyWrite; readonly inside: string; readonly known: Known };

function puts(source: CopySource, { copy, inside, known }: Place): boolean {
  const { sources, isFolder, unpacks, from } = copy;
  if (source.kind === 'unknown') return false;
  if (source.kind === 'text') return inside === (isFolder ? source.name : '');
  if (hasWildcard(source.path)) return false;
  // What was copied to the path itself is a file, or no file could stand there now.
  if (inside === '') return !isFolder && sources.length === 1;
  if (unpacks) return false;
  const isOwnName = isFolder && inside === source.path.slice(source.path.lastIndexOf('/') + 1);
  if (isOwnName && endsLikeFile(source.path)) return true;
  if (from !== undefined) return false;
  return (isOwnName && known.context(source.path) === 'file') || known.context(join(source.path, inside)) === 'file';
}

/** As BuildKit looks for them in a source. */
export function hasWildcard(path: string): boolean {
  return /[*?[\\]/.test(path);
}
