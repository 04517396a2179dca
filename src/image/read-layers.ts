import { UserError } from '../user-error.ts';
import type { BlobSource, ReadProgress } from './blob-source.ts';
import type { Digest } from './digest.ts';
import { type Descriptor, isForeignLayer } from './manifest.ts';
import { inParallel } from './parallel.ts';
import type { ReadBlob } from './read-blob.ts';
import type { LayerContent } from './read-layer.ts';
import { ReadingBounds } from './reading-bounds.ts';
import { readingProgress } from './reading-progress.ts';
import { verifyBlob } from './verify.ts';

export type LayerReading = {
  readonly readBlob: ReadBlob;
  readonly onProgress?: ((read: ReadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Reads each distinct layer once, two at a time, verified against its descriptor. Foreign layers are not read, and missing in the result. */
export async function readLayers(
  source: BlobSource,
  descriptors: readonly Descriptor[],
  { readBlob, onProgress, signal }: LayerReading,
): Promise<ReadonlyMap<Digest, LayerContent>> {
  const layers = distinctLayers(descriptors);
  const totalBytes = layers.reduce((sum, layer) => sum + layer.size, 0);
  const progress = readingProgress({ totalBytes, count: layers.length }, onProgress);
  const contents = new Map<Digest, LayerContent>();
  const bounds = new ReadingBounds(source.name);
  await inParallel(layersAtOnce, layers, signal, async (layer, stop) => {
    const name = `layer ${layer.position} (${layer.digest})`;
    const place = await source.findBlob(layer);
    if (place === null) throw missing(name);
    if (place.kind === 'file') verifyBlob(name, layer, { digest: layer.digest, bytes: place.bytes });
    const content = await readBlob(place, { name, promised: layer.digest, onBytes: progress.onBytes, signal: stop });
    verifyBlob(name, layer, { digest: content.digest, bytes: content.blobBytes });
    if (place.kind !== 'read') bounds.addLayer(content);
    contents.set(layer.digest, content);
    progress.onLayer();
  });
  return contents;
}

/** More would not be quicker on the two cores of a hosted runner, and each costs memory. */
export const layersAtOnce = 2;

type PlacedDescriptor = Descriptor & { readonly position: number };

function distinctLayers(descriptors: readonly Descriptor[]): readonly PlacedDescriptor[] {
  const distinct = new Map<Digest, PlacedDescriptor>();
  for (const [position, layer] of descriptors.entries()) {
    if (!isForeignLayer(layer.mediaType) && !distinct.has(layer.digest))
      distinct.set(layer.digest, { ...layer, position });
  }
  // The largest first: begun last, it would run on alone.
  return [...distinct.values()].sort((one, other) => other.size - one.size);
}

function missing(name: string): UserError {
  return new UserError(`Reading ${name}: its blob is missing`, {
    exitCode: 3,
    hint: 'The image is incomplete: build, save or pull it again.',
  });
}
