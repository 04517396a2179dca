import { type FindMadeBy, named } from '../profile/name-makers.ts';
import type { Delta, FileDelta } from './delta.ts';

/** Says of every row that a `COPY --from` brought which stage and, where it is certain, which line made the file. */
export function nameChanged(delta: Delta, findMadeBy: FindMadeBy): Delta {
  return { ...delta, files: delta.files.map((file) => ({ ...file, ...named(makerOf(file, findMadeBy)) })) };
}

/** Nobody made what is gone. A directory comes about by the way, so no line is named for one alone. */
function makerOf({ path, kind, bytes, layer, after }: FileDelta, findMadeBy: FindMadeBy): FileDelta['madeBy'] {
  if (layer === undefined || kind === 'removed' || after?.type === 'directory') return undefined;
  if (kind === 'folder' && bytes <= 0) return undefined;
  return findMadeBy({ path, layer, isTree: kind === 'folder' });
}
