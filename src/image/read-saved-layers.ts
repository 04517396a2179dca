import { UserError } from '../user-error.ts';
import { type Archive, type ArchiveFile, noLayer } from './archive.ts';
import type { PlacedLayer } from './assemble-image.ts';
import { type DiffId, type Digest, isDigest } from './digest.ts';
import { type Descriptor, isForeignLayer } from './manifest.ts';
import { inParallel } from './parallel.ts';
import type { LayerContent } from './read-layer.ts';
import { type LayerReading, layersAtOnce } from './read-layers.ts';
import { ReadingBounds } from './reading-bounds.ts';
import { readingProgress } from './reading-progress.ts';
import { brief } from './shown.ts';
import { verifyBlob, verifySame } from './verify.ts';

/** One layer of a `docker save` archive as its documents name it. */
export type SavedSlot = {
  readonly path: string;
  readonly position: number;
  /** From the OCI index that archives carry since Docker 25. */
  readonly descriptor: Descriptor | undefined;
  readonly diffId: DiffId | undefined;
};

/** Reads each distinct file once; what its name or descriptor promises is verified. Base first, as the slots. */
export async function readSavedLayers(
  archive: Archive,
  slots: readonly SavedSlot[],
  reading: LayerReading,
): Promise<readonly PlacedLayer[]> {
  const contents = await readNamedFiles(archive, slots, reading);
  const layers: PlacedLayer[] = [];
  for (const slot of slots) {
    const file = archive.find(slot.path);
    const content = file ? contents.get(file) : await findStray(archive, contents, { slot, reading });
    layers.push(placeLayer(slot, content, file !== undefined));
  }
  return layers;
}

type Contents = Map<ArchiveFile, LayerContent>;

async function readNamedFiles(
  archive: Archive,
  slots: readonly SavedSlot[],
  { readBlob, onProgress, signal }: LayerReading,
): Promise<Contents> {
  const slotOf = new Map<ArchiveFile, SavedSlot>();
  for (const slot of slots) {
    const file = archive.find(slot.path);
    if (file && !slotOf.has(file)) slotOf.set(file, slot);
  }
  const contents: Contents = new Map();
  const bounds = new ReadingBounds('the image archive');
  const files = [...slotOf].sort(([one], [other]) => other.bytes - one.bytes);
  const totalBytes = sum(files.map(([file]) => file.bytes));
  const progress = readingProgress({ totalBytes, count: files.length }, onProgress);
  await inParallel(layersAtOnce, files, signal, async ([file, slot], stop) => {
    const name = nameOf(slot);
    const request = { name, promised: promisedDigest(slot), onBytes: progress.onBytes, signal: stop };
    const place = await file.layerPlace(name);
    const content = await readBlob(place, request);
    // What passed by in a stream was counted there.
    if (place.kind === 'file') bounds.addLayer(content);
    contents.set(file, content);
    progress.onLayer();
  });
  return contents;
}

/** Some Engines left out a blob that two images share, or named it otherwise: the content decides. */
async function findStray(
  archive: Archive,
  contents: Contents,
  { slot, reading }: { slot: SavedSlot; reading: LayerReading },
): Promise<LayerContent | undefined> {
  if (slot.descriptor && isForeignLayer(slot.descriptor.mediaType)) return undefined;
  for (const file of archive.files) {
    const content = contents.get(file) ?? (await readIfLayer(file, nameOf(slot), reading));
    if (content === undefined) continue;
    contents.set(file, content);
    if (content.diffId === slot.diffId) return content;
  }
  return undefined;
}

async function readIfLayer(
  file: ArchiveFile,
  name: string,
  { readBlob, signal = never }: LayerReading,
): Promise<LayerContent | undefined> {
  try {
    return await readBlob(await file.layerPlace(name), { name, onBytes: () => {}, signal });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const never = new AbortController().signal;

function placeLayer(slot: SavedSlot, content: LayerContent | undefined, isNamed: boolean): PlacedLayer {
  const { path, descriptor } = slot;
  const name = nameOf(slot);
  if (content === undefined) {
    if (!descriptor || !isForeignLayer(descriptor.mediaType)) throw noLayer(name, 'missing');
    const { mediaType, digest, size } = descriptor;
    return { kind: 'foreign', mediaType, digest, declaredBytes: size };
  }
  const promised = isNamed ? digestInName(path) : null;
  if (promised && promised !== content.diffId) verifySame(name, promised, content.digest);
  if (descriptor) verifyBlob(name, descriptor, { digest: content.digest, bytes: content.blobBytes });
  return { kind: 'read', mediaType: descriptor?.mediaType ?? defaultMediaTypes[content.compression], content };
}

const defaultMediaTypes = {
  none: 'application/vnd.docker.image.rootfs.diff.tar',
  gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
} as const;

/** Some names promise a digest; `<hex>.tar` does not, some tools put an ID of their own there. */
export function digestInName(path: string): string | null {
  const match = /^(?:blobs\/sha256\/|sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(path);
  return match ? `sha256:${match[1]}` : null;
}

/** Without any promise a plain layer is likely: its digest is its diff ID. */
function promisedDigest({ path, descriptor, diffId }: SavedSlot): Digest | undefined {
  const promised = descriptor?.digest ?? digestInName(path) ?? diffId;
  return promised !== undefined && isDigest(promised) ? promised : undefined;
}

function nameOf({ path, position }: SavedSlot): string {
  return `layer ${position} (${brief(path)})`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
