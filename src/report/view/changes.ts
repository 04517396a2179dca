import type { Delta, LayerDelta } from '../../compare/delta.ts';

/** What a delta has to show: layers of this Dockerfile (heaviest change first), the base image folded into one. */
export type Changes = {
  readonly isEmpty: boolean;
  readonly layers: readonly LayerDelta[];
  readonly base: { readonly count: number; readonly bytes: number } | undefined;
};

export function summariseChanges(delta: Delta): Changes {
  const changed = delta.layers.filter((layer) => layer.kind !== 'same');
  const layers = changed.filter((layer) => layer.origin !== 'base');
  const ofBase = changed.filter((layer) => layer.origin === 'base');
  return {
    isEmpty: changed.length === 0 && delta.config.length === 0 && !hasSizeChange(delta) && !hasNewBase(delta),
    layers: [...layers].sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes)),
    base: ofBase.length === 0 ? undefined : { count: ofBase.length, bytes: sumOf(ofBase) },
  };
}

function hasSizeChange(delta: Delta): boolean {
  return [delta.downloadBytes, delta.unpackedBytes, delta.visibleBytes, delta.wastedBytes].some((bytes) => bytes);
}

function hasNewBase(delta: Delta): boolean {
  return delta.baseChange === 'moved' || delta.baseChange === 'replaced';
}

function sumOf(layers: readonly LayerDelta[]): number {
  return layers.reduce((sum, layer) => sum + layer.bytes, 0);
}
