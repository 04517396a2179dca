import type { Profile, ProfileLayer } from '../profile/profile.ts';
import { runAtOnce, type Steps } from '../slices.ts';
import { alignLayers } from './align-layers.ts';
import { compareConfig } from './compare-config.ts';
import { comparingFiles } from './compare-files.ts';
import { comparingPackages } from './compare-packages.ts';
import type { Delta } from './delta.ts';
import type { FileIndex } from './file-index.ts';
import { rebuildNote } from './layers/rebuild-note.ts';

type Sizes = NonNullable<Delta['own']>;

/** One of two images; without a file index no files are compared, and the delta says so. */
export type Side = { readonly profile: Profile; readonly fileIndex?: FileIndex | undefined };

/** Two images that must not be compared: unlike things give numbers that mean nothing. */
export type NotComparable = { readonly kind: 'refused'; readonly reason: string };
export type Comparison = { readonly kind: 'delta'; readonly delta: Delta } | NotComparable;

/**
 * Head − base in bytes, with the part of the base image and the part of this Dockerfile, which add up to the whole.
 * Refused when the platforms differ; a differing compression takes only the download delta away.
 */
export function compareProfiles(base: Side, head: Side): Comparison {
  return runAtOnce(comparing(base, head));
}

/** Layers are paired in quadratic time, and a stored report may claim any number; engines take 127. */
const mostLayers = 1000;

/** The same in steps: an image may have a million files. */
export function* comparing(before: Side, after: Side): Steps<Comparison> {
  const { profile: base } = before;
  const { profile: head } = after;
  if (base.platform !== head.platform) {
    return { kind: 'refused', reason: `it is of platform ${base.platform}, this image of ${head.platform}` };
  }
  const layerCount = Math.max(base.layers.length, head.layers.length);
  if (layerCount > mostLayers) {
    return {
      kind: 'refused',
      reason: `one of them has ${layerCount} layers, and no more than ${mostLayers} are compared`,
    };
  }
  const compression = compressionNote(base, head);
  const download = compression === undefined ? difference(base.size.downloadBytes, head.size.downloadBytes) : null;
  const whole: Sizes = {
    downloadBytes: download,
    unpackedBytes: head.size.unpackedBytes - base.size.unpackedBytes,
    visibleBytes: head.size.visibleBytes - base.size.visibleBytes,
    wastedBytes: head.size.wastedBytes - base.size.wastedBytes,
  };
  const split = splitDelta(base, head, whole);
  const { files, note, isSame } = yield* comparingFiles(before, after);
  const ofPackages = yield* comparingPackages(base, head);
  const layers = alignLayers(base.layers, head.layers);
  const rebuild = rebuildNote(layers, { base: base.layers, head: head.layers, isSame });
  const notes = [compression, split === undefined ? splitNote : undefined, note, ofPackages.note, rebuild];
  return {
    kind: 'delta',
    delta: {
      ...whole,
      base: split?.base ?? null,
      own: split?.own ?? null,
      baseChange: baseChange(base, head),
      layers,
      files,
      packages: ofPackages.packages,
      config: compareConfig(base, head),
      notes: notes.filter((each) => each !== undefined),
    },
  };
}

const splitNote =
  'Base image and own lines are not told apart: one of the two images does not say which layers are its base.';

/** The config blob is the Dockerfile's own, so own is what is left of the whole. */
function splitDelta(base: Profile, head: Profile, whole: Sizes): { base: Sizes; own: Sizes } | undefined {
  if (!isSplit(base) || !isSplit(head)) return undefined;
  const before = baseSizes(base);
  const after = baseSizes(head);
  const ofBase: Sizes = {
    downloadBytes: whole.downloadBytes === null ? null : difference(before.downloadBytes, after.downloadBytes),
    unpackedBytes: after.unpackedBytes - before.unpackedBytes,
    visibleBytes: after.visibleBytes - before.visibleBytes,
    wastedBytes: after.wastedBytes - before.wastedBytes,
  };
  return {
    base: ofBase,
    own: {
      downloadBytes: difference(ofBase.downloadBytes, whole.downloadBytes),
      unpackedBytes: whole.unpackedBytes - ofBase.unpackedBytes,
      visibleBytes: whole.visibleBytes - ofBase.visibleBytes,
      wastedBytes: whole.wastedBytes - ofBase.wastedBytes,
    },
  };
}

function isSplit({ layers }: Profile): boolean {
  return layers.every((layer) => layer.origin !== 'unknown');
}

function baseSizes({ layers }: Profile): Sizes {
  const ofBase = layers.filter((layer) => layer.origin === 'base');
  const unpackedBytes = sum(ofBase, (layer) => layer.unpackedBytes);
  const wastedBytes = sum(ofBase, (layer) => layer.wastedBytes);
  const downloads = ofBase.map((layer) => layer.downloadBytes);
  return {
    downloadBytes: downloads.includes(null) ? null : sum(ofBase, (layer) => layer.downloadBytes ?? 0),
    unpackedBytes,
    visibleBytes: unpackedBytes - wastedBytes,
    wastedBytes,
  };
}

function sum(layers: readonly ProfileLayer[], bytes: (layer: ProfileLayer) => number): number {
  return layers.reduce((total, layer) => total + bytes(layer), 0);
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}

function baseChange(base: Profile, head: Profile): Delta['baseChange'] {
  if (base.base.reference === undefined || head.base.reference === undefined) return 'unknown';
  if (base.base.reference !== head.base.reference) return 'replaced';
  if (!isSplit(base) || !isSplit(head)) return 'unknown';
  return baseDiffIds(base) === baseDiffIds(head) ? 'none' : 'moved';
}

function baseDiffIds({ layers }: Profile): string {
  return layers
    .filter((layer) => layer.origin === 'base')
    .map((layer) => layer.diffId)
    .join();
}

/** An image packed otherwise has another download size with the same content: that is no growth. */
function compressionNote(base: Profile, head: Profile): string | undefined {
  const before = compressions(base);
  const after = compressions(head);
  if (before === after || before === '' || after === '') return undefined;
  return `Download sizes are not compared: the layers were packed as ${before} then and as ${after} now.`;
}

function compressions({ layers }: Profile): string {
  return [...new Set(layers.map((layer) => compression(layer.mediaType)))].sort().join(' and ');
}

function compression(mediaType: string): string {
  return /zstd/.test(mediaType) ? 'zstd' : /gzip/.test(mediaType) ? 'gzip' : 'plain tar';
}
