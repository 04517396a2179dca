import { archiveSource, blobPath, documentBytes, layerContent } from './archive-documents.ts';
import { assembleImage, type PlacedLayer } from './assemble-image.ts';
import { chooseManifest, type ImageChoice, readVerified } from './choose-manifest.ts';
import type { Image } from './image.ts';
import { parseImageConfig } from './image-config.ts';
import { parseJsonBlob } from './json-blob.ts';
import { type Descriptor, indexSchema, isForeignLayer } from './manifest.ts';
import type { Archive } from './read-archive.ts';
import { verifyBlob } from './verify.ts';

/** One image of an OCI layout that was packed into a tar (`type=oci,dest=FILE`). */
export async function archivedLayout(archive: Archive, choice: ImageChoice): Promise<Image> {
  const source = archiveSource(archive);
  const index = parseJsonBlob(documentBytes(archive.find('index.json'), 'index.json'), indexSchema, 'index.json');
  const { descriptor, manifest } = await chooseManifest(source, index.manifests, choice);
  const configBytes = await readVerified(source, manifest.config, 'the config');
  const config = parseImageConfig(configBytes, `the config ${manifest.config.digest}`);
  return assembleImage({
    source: 'the image archive',
    digest: descriptor.digest,
    configDigest: manifest.config.digest,
    configBytes: configBytes.length,
    config,
    layers: manifest.layers.map((layer, position) => placeBlob(archive, layer, position)),
    plainLayers: 'blobs',
  });
}

function placeBlob(archive: Archive, layer: Descriptor, position: number): PlacedLayer {
  const { mediaType, digest, size } = layer;
  if (isForeignLayer(mediaType)) return { kind: 'foreign', mediaType, digest, declaredBytes: size };
  const name = `layer ${position} (${digest})`;
  const content = layerContent(archive.find(blobPath(digest)), name);
  verifyBlob(name, layer, { digest: content.digest, bytes: content.blobBytes });
  return { kind: 'read', mediaType, content };
}
