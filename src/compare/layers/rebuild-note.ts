import type { ProfileLayer } from '../../profile/profile.ts';
import type { LayerDelta } from '../delta.ts';

const difference = 'only times, extended attributes or packing differ';

type Layers = readonly ProfileLayer[];

/**
 * Says that layers have new digests though nothing in them changed; undefined when there is no such layer. `isSame` is
 * true when the root filesystems are known to be the same.
 */
export function rebuildNote(
  rows: readonly LayerDelta[],
  { base, head, isSame }: { readonly base: Layers; readonly head: Layers; readonly isSame: boolean },
): string | undefined {
  const moved = rows.filter(({ kind }) => kind !== 'same');
  const noise = moved.filter((row) => isNoise(row, base, head));
  if (moved.length === 0) return undefined;
  const layers = noise.length === 1 ? '1 layer has a new digest' : `${noise.length} layers have new digests`;
  if (noise.length === moved.length) return `No file of the image changed: ${layers}, but ${difference}.`;
  if (isSame) return 'No file that the image shows changed, though its layers did.';
  if (noise.length === 0) return undefined;
  return `${layers} though no file in ${noise.length === 1 ? 'it' : 'them'} changed: ${difference}.`;
}

function isNoise({ kind, basePosition = -1, headPosition = -1 }: LayerDelta, base: Layers, head: Layers): boolean {
  const before = base[basePosition]?.fingerprint;
  return kind === 'changed' && before !== undefined && before === head[headPosition]?.fingerprint;
}
