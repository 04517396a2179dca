import type { Profile } from '../../profile/profile.ts';
import { sumLayers } from './layer-rows.ts';

/** The four sizes of one part of an image, and how many layers that part has. */
export type OriginSizes = {
  readonly part: 'base' | 'own' | 'all';
  readonly layers: number;
  readonly unpackedBytes: number;
  readonly visibleBytes: number;
  readonly wastedBytes: number;
  readonly downloadBytes: number | null;
};

/** Base and own, where they are known, then the whole. The config blob counts as own. */
export function originSizes({ layers, size }: Pick<Profile, 'layers' | 'size'>): OriginSizes[] {
  const all = { part: 'all' as const, layers: layers.length, ...withoutNotes(size) };
  if (layers.length === 0 || layers.some(({ origin }) => origin === 'unknown')) return [all];
  const base = sizesOfBase(layers);
  const own = {
    part: 'own' as const,
    layers: all.layers - base.layers,
    unpackedBytes: all.unpackedBytes - base.unpackedBytes,
    visibleBytes: all.visibleBytes - base.visibleBytes,
    wastedBytes: all.wastedBytes - base.wastedBytes,
    downloadBytes:
      all.downloadBytes === null || base.downloadBytes === null ? null : all.downloadBytes - base.downloadBytes,
  };
  return [base, own, all];
}

function withoutNotes({ notes: _notes, ...sizes }: Profile['size']): Omit<Profile['size'], 'notes'> {
  return sizes;
}

function sizesOfBase(layers: Profile['layers']): OriginSizes {
  const ofBase = layers.filter(({ origin }) => origin === 'base');
  const { unpackedBytes, wastedBytes, downloadBytes } = sumLayers(ofBase);
  const visibleBytes = unpackedBytes - wastedBytes;
  return { part: 'base', layers: ofBase.length, unpackedBytes, visibleBytes, wastedBytes, downloadBytes };
}
