import { UserError } from '../user-error.ts';
import { compressionOfMediaType } from './compression.ts';
import type { DiffId, Digest } from './digest.ts';
import type { Image, Layer } from './image.ts';
import type { ImageConfig } from './image-config.ts';
import type { LayerContent } from './read-layer.ts';
import { boundError } from './tar/tar-error.ts';
import { verifySame } from './verify.ts';

/** A layer with where it stands; a foreign one has no content here, only what its descriptor declares. */
export type PlacedLayer = { readonly mediaType: string } & (
  | { readonly kind: 'read'; readonly content: LayerContent }
  | { readonly kind: 'foreign'; readonly digest: Digest; readonly declaredBytes: number }
);

export type ImageParts = {
  readonly source: string;
  /** Manifest digest; null where the source has none of its own. */
  readonly digest: Digest | null;
  readonly configDigest: Digest;
  readonly configBytes: number;
  readonly config: ImageConfig;
  /** Base first. */
  readonly layers: readonly PlacedLayer[];
  /** `blobs`: plain layers are blobs with digests too. `archive`: layers that are all plain are no blobs of their own. */
  readonly plainLayers: 'blobs' | 'archive';
};

/** Puts an image together after checking every layer against the config's diff IDs (exit 3 names the layer that differs). */
export function assembleImage(parts: ImageParts): Image {
  const { config, layers } = parts;
  verifyCountable(parts);
  verifyLayerCount(parts.source, config.diffIds.length, layers.length);
  for (const [position, layer] of layers.entries()) verifyDiffId(layer, position, config.diffIds[position]);
  const isAllPlain =
    layers.length > 0 && layers.every((layer) => layer.kind === 'read' && layer.content.compression === 'none');
  const hasBlobs = !(isAllPlain && parts.plainLayers === 'archive');
  return {
    platform: config.platform,
    digest: hasBlobs ? parts.digest : null,
    configDigest: parts.configDigest,
    configBytes: parts.configBytes,
    ...(config.created === undefined ? {} : { created: config.created }),
    config: config.config,
    history: config.history,
    layers: placeLayers(layers, config.diffIds, { hasBlobs, hasDownload: !isAllPlain }),
    notes: [...layers.flatMap(layerNotes), ...downloadNotes(isAllPlain, parts.plainLayers)],
  };
}

/** Each layer alone can be counted; all together must be countable too. */
function verifyCountable({ source, layers }: ImageParts): void {
  const sizes = layers.map((layer) => (layer.kind === 'read' ? layer.content.unpackedBytes : layer.declaredBytes));
  const bytes = sizes.reduce((sum, each) => sum + each, 0);
  if (!Number.isSafeInteger(bytes)) throw boundError(source, 'its layers claim more bytes than can be counted');
}

function verifyLayerCount(source: string, promised: number, found: number): void {
  if (promised === found) return;
  throw new UserError(`Verifying ${source}: its config lists ${promised} layers and its manifest ${found}`, {
    exitCode: 3,
    hint: 'The image is damaged or was tampered with: build, save or pull it again.',
  });
}

function verifyDiffId(layer: PlacedLayer, position: number, promised: DiffId | undefined): void {
  if (layer.kind === 'foreign' || promised === undefined) return;
  verifySame(`the uncompressed content of layer ${position} (${layer.content.digest})`, promised, layer.content.diffId);
}

type Store = { readonly hasBlobs: boolean; readonly hasDownload: boolean };

function placeLayers(placed: readonly PlacedLayer[], diffIds: readonly DiffId[], store: Store): readonly Layer[] {
  const seen = new Set<Digest>();
  return placed.flatMap((layer, position) => {
    const diffId = diffIds[position];
    if (diffId === undefined) return [];
    const digest = layer.kind === 'read' ? layer.content.digest : layer.digest;
    const blobBytes = layer.kind === 'read' ? layer.content.blobBytes : layer.declaredBytes;
    const downloadBytes = store.hasDownload ? (seen.has(digest) ? 0 : blobBytes) : null;
    seen.add(digest);
    return {
      position,
      digest: store.hasBlobs ? digest : null,
      diffId,
      mediaType: layer.mediaType,
      downloadBytes,
      unpackedBytes: layer.kind === 'read' ? layer.content.unpackedBytes : 0,
      entries: layer.kind === 'read' ? layer.content.entries : [],
    };
  });
}

function layerNotes(layer: PlacedLayer, position: number): readonly string[] {
  if (layer.kind === 'foreign') {
    return [
      `layer ${position} is foreign: counted by its declared ${layer.declaredBytes} bytes, its files are not known`,
    ];
  }
  const { compression } = layer.content;
  const notes = layer.content.notes.map((note) => `layer ${position}: ${note}`);
  const declared = compressionOfMediaType(layer.mediaType);
  if (declared === undefined || declared === compression) return notes;
  return [...notes, `layer ${position} is ${names[compression]} although its media type is ${layer.mediaType}`];
}

const names = { none: 'a plain tar', gzip: 'gzip', zstd: 'zstd' } as const;

function downloadNotes(isAllPlain: boolean, plainLayers: ImageParts['plainLayers']): readonly string[] {
  if (!isAllPlain) return [];
  const reason =
    plainLayers === 'archive'
      ? "Docker's classic image store keeps no compressed layers"
      : 'all layers of this image are stored uncompressed';
  return [`no download size: ${reason}`];
}
