import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import { assembleImage, type PlacedLayer } from './assemble-image.ts';
import { type ChosenManifest, chooseManifest, type ImageChoice, readVerified } from './choose-manifest.ts';
import type { Digest } from './digest.ts';
import { errorCode } from './error-code.ts';
import type { Image } from './image.ts';
import { parseImageConfig } from './image-config.ts';
import type { ImageSource, ReadProgress } from './image-source.ts';
import { maxJsonBytes, parseJsonBlob } from './json-blob.ts';
import { type Descriptor, indexSchema, isForeignLayer } from './manifest.ts';
import { inParallel } from './parallel.ts';
import { type LayerContent, readLayer } from './read-layer.ts';
import { verifyBlob } from './verify.ts';

export type ReadOptions = ImageChoice & {
  readonly onProgress?: (read: ReadProgress) => void;
  readonly signal?: AbortSignal;
};

/** Reads one image of an OCI layout folder (image-spec, image-layout.md), two layers at a time; everything is verified. */
export async function readOciLayout(directory: string, options: ReadOptions = {}): Promise<Image> {
  const source = folderSource(directory);
  const index = parseJsonBlob(await readIndex(directory), indexSchema, `the index.json of ${source.name}`);
  const { descriptor, manifest } = await chooseManifest(source, index.manifests, options);
  const configName = `the config ${manifest.config.digest}`;
  const config = parseImageConfig(await readVerified(source, manifest.config, 'the config'), configName);
  return assembleImage({
    source: `the image ${descriptor.digest}`,
    digest: descriptor.digest,
    configDigest: manifest.config.digest,
    configBytes: manifest.config.size,
    config,
    layers: await readLayers(directory, manifest, options),
    plainLayers: 'blobs',
  });
}

function folderSource(directory: string): ImageSource {
  return {
    name: `the OCI layout ${directory}`,
    readSmall: (descriptor) => readSmallFile(blobPath(directory, descriptor), descriptor.digest),
  };
}

function blobPath(directory: string, { digest }: Pick<Descriptor, 'digest'>): string {
  return join(directory, 'blobs', 'sha256', digest.slice('sha256:'.length));
}

async function readIndex(directory: string): Promise<Buffer> {
  const bytes = await readSmallFile(join(directory, 'index.json'), 'index.json');
  if (bytes !== null) return bytes;
  throw new UserError(`${directory} is not an OCI layout: it has no index.json`, {
    exitCode: 3,
    hint: 'Write one with `docker buildx build --output type=oci,tar=false,dest=DIR`.',
  });
}

async function readSmallFile(path: string, name: string): Promise<Buffer | null> {
  const bytes = await fileSize(path);
  if (bytes === null) return null;
  if (bytes > maxJsonBytes)
    throw new UserError(`Reading ${name}: it is larger than ${maxJsonBytes} bytes`, { exitCode: 3 });
  return readFile(path);
}

/** Null for what is not there or no regular file: a pipe in its place would never end. */
async function fileSize(path: string): Promise<number | null> {
  const found = await stat(path).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return null;
    throw error;
  });
  return found?.isFile() ? found.size : null;
}

async function readLayers(
  directory: string,
  manifest: ChosenManifest['manifest'],
  options: ReadOptions,
): Promise<readonly PlacedLayer[]> {
  const distinct = new Map<Digest, Descriptor & { readonly position: number }>();
  manifest.layers.forEach((layer, position) => {
    if (!isForeignLayer(layer.mediaType) && !distinct.has(layer.digest))
      distinct.set(layer.digest, { ...layer, position });
  });
  const layers = [...distinct.values()];
  const count = progressCounter(layers, options.onProgress);
  const contents = new Map<Digest, LayerContent>();
  await inParallel(layersAtOnce, layers, options.signal, async (layer, signal) => {
    contents.set(layer.digest, await readBlob(directory, layer, { count, signal }));
  });
  return manifest.layers.map((layer) => placeLayer(layer, contents.get(layer.digest)));
}

/** More would not be quicker on the two cores of a hosted runner, and each costs memory. */
const layersAtOnce = 2;

function progressCounter(
  layers: readonly Descriptor[],
  onProgress: ReadOptions['onProgress'],
): (bytes: number) => void {
  const totalBytes = layers.reduce((sum, layer) => sum + layer.size, 0);
  let bytes = 0;
  return (more) => {
    bytes += more;
    onProgress?.({ bytes, totalBytes });
  };
}

type Reading = { readonly count: (bytes: number) => void; readonly signal: AbortSignal };

async function readBlob(
  directory: string,
  layer: Descriptor & { readonly position: number },
  reading: Reading,
): Promise<LayerContent> {
  const name = `layer ${layer.position} (${layer.digest})`;
  const path = blobPath(directory, layer);
  const bytes = await fileSize(path);
  if (bytes === null) {
    throw new UserError(`Reading ${name}: its blob is missing`, {
      exitCode: 3,
      hint: 'The layout is incomplete: build again.',
    });
  }
  verifyBlob(name, layer, { digest: layer.digest, bytes });
  const content = await readLayer(countedFile(path, reading), name);
  verifyBlob(name, layer, { digest: content.digest, bytes: content.blobBytes });
  return content;
}

async function* countedFile(path: string, { count, signal }: Reading): AsyncGenerator<Buffer, void, undefined> {
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 256 * 1024, signal });
  for await (const chunk of stream) {
    count(chunk.length);
    yield chunk;
  }
}

function placeLayer(layer: Descriptor, content: LayerContent | undefined): PlacedLayer {
  const { mediaType, digest, size } = layer;
  return content ? { kind: 'read', mediaType, content } : { kind: 'foreign', mediaType, digest, declaredBytes: size };
}
