import type { Profile, ProfileLayer } from '../../profile/profile.ts';

/** All layers of the base image as one row. */
export type FoldedBase = {
  readonly count: number;
  readonly unpackedBytes: number;
  readonly downloadBytes: number | null;
  readonly wastedBytes: number;
  readonly reference: string | undefined;
};

/** Layers that this Dockerfile made (or whose origin nobody knows), largest first, and the folded base. */
export function foldLayers({ layers, base }: Pick<Profile, 'layers' | 'base'>): {
  readonly own: readonly ProfileLayer[];
  readonly base: FoldedBase | undefined;
} {
  const own = layers.filter((layer) => layer.origin !== 'base');
  const ofBase = layers.filter((layer) => layer.origin === 'base');
  return {
    own: [...own].sort((a, b) => b.unpackedBytes - a.unpackedBytes || a.position - b.position),
    base: ofBase.length === 0 ? undefined : { ...sumLayers(ofBase), count: ofBase.length, reference: base.reference },
  };
}

/** Sums over some layers; the download is null as soon as one has none. */
export function sumLayers(layers: readonly ProfileLayer[]): {
  readonly unpackedBytes: number;
  readonly downloadBytes: number | null;
  readonly wastedBytes: number;
} {
  return {
    unpackedBytes: layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0),
    downloadBytes: layers.reduce<number | null>(
      (sum, { downloadBytes }) => (sum === null || downloadBytes === null ? null : sum + downloadBytes),
      0,
    ),
    wastedBytes: layers.reduce((sum, layer) => sum + layer.wastedBytes, 0),
  };
}
