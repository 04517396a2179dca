import { assembleImage, type PlacedLayer } from './assemble-image.ts';
import type { BlobSource, ReadProgress } from './blob-source.ts';
import { chooseManifest, type ImageChoice, readVerified } from './choose-manifest.ts';
import type { Image } from './image.ts';
import { parseImageConfig } from './image-config.ts';
import { type Descriptor, isForeignLayer } from './manifest.ts';
import { type ReadBlob, readBlobHere } from './read-blob.ts';
import type { LayerContent } from './read-layer.ts';
import { readLayers } from './read-layers.ts';

export type ReadOptions = ImageChoice & {
  readonly onProgress?: (read: ReadProgress) => void;
  readonly signal?: AbortSignal;
  /** How a layer is read: here, unless another way is given. */
  readonly readBlob?: ReadBlob;
};

/** Reads the one wanted image under `roots`; every digest and size is verified, and only what the image needs is read. */
export async function readImage(
  source: BlobSource,
  roots: readonly Descriptor[],
  { readBlob = readBlobHere, ...options }: ReadOptions = {},
): Promise<Image> {
  const { descriptor, manifest } = await chooseManifest(source, roots, options);
  const configBytes = await readVerified(source, manifest.config, 'the config');
  const contents = await readLayers(source, manifest.layers, { ...options, readBlob });
  return assembleImage({
    source: `the image ${descriptor.digest}`,
    digest: descriptor.digest,
    configDigest: manifest.config.digest,
    configBytes: configBytes.length,
    config: parseImageConfig(configBytes, `the config ${manifest.config.digest}`),
    layers: manifest.layers.map((layer) => placeLayer(layer, contents.get(layer.digest))),
    plainLayers: 'blobs',
  });
}

function placeLayer(layer: Descriptor, content: LayerContent | undefined): PlacedLayer {
  const { mediaType, digest, size } = layer;
  // The same blob may stand there under an ordinary media type too.
  if (content === undefined || isForeignLayer(mediaType))
    return { kind: 'foreign', mediaType, digest, declaredBytes: size };
  return { kind: 'read', mediaType, content };
}
