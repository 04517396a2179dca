import type { Profile } from '../../profile/profile.ts';
import { alignLayers } from '../align-layers.ts';
import type { LayerDelta } from '../delta.ts';
import { type ChangedNames, changedPath } from './changed-names.ts';
import { shownBytes } from './name-change.ts';

/** The head's layer that did something to the n-th changed name; −1 where that cannot be told. */
export type BlameLayer = (n: number) => number;

/**
 * A name that is there was written by its layer. One that is gone was taken away by the layer that took the place of
 * the one that had it, or, where that one is still there, by a layer above it that the base image does not have.
 */
export function blameLayers(changed: ChangedNames, base: Profile, head: Profile): BlameLayer {
  const removers = new Map<number, Remover>();
  const rows = alignLayers(base.layers, head.layers);
  for (const { kind, basePosition, headPosition } of rows) {
    if (basePosition === undefined || headPosition === undefined) continue;
    removers.set(basePosition, kind === 'changed' ? replacedBy(headPosition) : hiddenBy(headPosition, rows, head));
  }
  return (n) => {
    const headRow = changed.headRows[n] ?? -1;
    if (headRow >= 0) return changed.head.layers[headRow] ?? -1;
    const baseRow = changed.baseRows[n] ?? -1;
    const remover = removers.get(changed.base.layers[baseRow] ?? -1);
    if (remover === undefined) return -1;
    if (shownBytes(changed.base, baseRow) === 0) return remover.ofAny;
    return remover.ofBytes >= 0 ? remover.ofBytes : (remover.ofPath.get(changedPath(changed, n)) ?? -1);
  };
}

/** Who took a name away: whichever it was, one that showed bytes, and those whose path the profile lists as waste. */
type Remover = { readonly ofAny: number; readonly ofBytes: number; readonly ofPath: ReadonlyMap<string, number> };

function replacedBy(position: number): Remover {
  return { ofAny: position, ofBytes: position, ofPath: new Map() };
}

/** Layers of both images hide nothing more than they did before. */
function hiddenBy(position: number, rows: readonly LayerDelta[], { layers, waste }: Profile): Remover {
  const above = rows.flatMap(({ kind, headPosition = -1 }) =>
    kind !== 'same' && headPosition > position ? [headPosition] : [],
  );
  const hiding = above.filter((other) => (layers[other]?.hidesBytes ?? 0) > 0);
  const gone = waste.filter(({ layer, reason }) => layer === position && reason === 'deleted');
  return { ofAny: only(above), ofBytes: only(hiding), ofPath: new Map(gone.map((each) => [each.path, each.hiddenBy])) };
}

function only(positions: readonly number[]): number {
  return positions.length === 1 ? (positions[0] ?? -1) : -1;
}
