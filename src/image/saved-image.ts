import { z } from 'zod';
import { UserError } from '../user-error.ts';
import type { ArchiveBlob } from './archive-blobs.ts';
import { archiveSource, documentBytes, layerContent } from './archive-documents.ts';
import { assembleImage, type PlacedLayer } from './assemble-image.ts';
import { type Candidate, type ImageChoice, listManifests } from './choose-manifest.ts';
import type { Image } from './image.ts';
import { type ImageConfig, parseImageConfig } from './image-config.ts';
import { parseJsonBlob } from './json-blob.ts';
import { type Descriptor, indexSchema, isForeignLayer } from './manifest.ts';
import type { Archive } from './read-archive.ts';
import { digestOf, verifyBlob, verifySame } from './verify.ts';
import { ofWantedPlatform } from './wanted-platform.ts';

/** One image of a `docker save` archive by its manifest.json; a layer is found by its path, else by its diff ID. */
export async function savedImage(archive: Archive, choice: ImageChoice): Promise<Image> {
  const saved = chooseSaved(archive, choice);
  const configDigest = digestOf(saved.configBytes);
  const found = await findManifest(archive, configDigest);
  const descriptors = found?.manifest.layers ?? [];
  const layers = saved.Layers.map((path, position) =>
    findLayer(archive, saved, { path, position, descriptor: descriptors[position] }),
  );
  return assembleImage({
    source: 'the image archive',
    digest: found?.descriptor.digest ?? null,
    configDigest,
    configBytes: saved.configBytes.length,
    config: saved.config,
    layers,
    plainLayers: 'archive',
  });
}

const savedImagesSchema = z.array(
  z.object({
    Config: z.string(),
    RepoTags: z
      .array(z.string())
      .nullish()
      .transform((tags) => tags ?? []),
    Layers: z
      .array(z.string())
      .max(10_000)
      .nullish()
      .transform((layers) => layers ?? []),
  }),
);

type SavedImage = z.infer<typeof savedImagesSchema>[number] & {
  readonly configBytes: Buffer;
  readonly config: ImageConfig;
  readonly platform: string;
};

function chooseSaved(archive: Archive, choice: ImageChoice): SavedImage {
  const entries = parseJsonBlob(
    documentBytes(archive.find('manifest.json'), 'manifest.json'),
    savedImagesSchema,
    'manifest.json',
  );
  const images = entries
    .filter(({ RepoTags }) => hasTag(RepoTags, choice.tag))
    .map((entry) => openSaved(archive, entry));
  const wanted = ofWantedPlatform(images, choice);
  const [only, ...others] = wanted;
  if (only && others.length === 0) return only;
  const known = images.map(({ RepoTags, platform }) => `${RepoTags[0] ?? 'untagged'} (${platform})`).join(', ');
  if (!only) {
    throw new UserError(`The image archive has no image for ${choice.platform ?? choice.tag ?? 'any platform'}`, {
      hint: known === '' ? 'Its manifest.json lists nothing that fits.' : `It has: ${known}.`,
    });
  }
  throw new UserError('The image archive holds several images', { hint: `Save one of them, or say which: ${known}.` });
}

function hasTag(tags: readonly string[], tag: string | undefined): boolean {
  return tag === undefined || tags.some((known) => known === tag || known.endsWith(`:${tag}`));
}

function openSaved(archive: Archive, entry: z.infer<typeof savedImagesSchema>[number]): SavedImage {
  const configBytes = documentBytes(archive.find(entry.Config), `the config ${entry.Config}`);
  const promised = digestInName(entry.Config);
  if (promised) verifySame(`the config ${entry.Config}`, promised, digestOf(configBytes));
  const config = parseImageConfig(configBytes, `the config ${entry.Config}`);
  return { ...entry, configBytes, config, platform: config.platform };
}

/** Archives since Docker 25 carry an OCI index as well; it knows the manifest's digest and the media types. */
async function findManifest(archive: Archive, configDigest: string): Promise<Candidate | undefined> {
  const index = archive.find('index.json');
  if (!index) return undefined;
  const { manifests } = parseJsonBlob(documentBytes(index, 'index.json'), indexSchema, 'index.json');
  const candidates = await listManifests(archiveSource(archive), manifests);
  return candidates.find(({ manifest }) => manifest.config.digest === configDigest);
}

type LayerPlace = { readonly path: string; readonly position: number; readonly descriptor: Descriptor | undefined };

function findLayer(archive: Archive, saved: SavedImage, { path, position, descriptor }: LayerPlace): PlacedLayer {
  const blob = archive.find(path) ?? findByDiffId(archive, saved.config.diffIds[position]);
  if (!blob && descriptor && isForeignLayer(descriptor.mediaType)) {
    return {
      kind: 'foreign',
      mediaType: descriptor.mediaType,
      digest: descriptor.digest,
      declaredBytes: descriptor.size,
    };
  }
  const name = `layer ${position} (${path})`;
  const content = layerContent(blob, name);
  const promised = archive.find(path) ? digestInName(path) : null;
  if (promised && promised !== content.diffId) verifySame(name, promised, content.digest);
  if (descriptor) verifyBlob(name, descriptor, { digest: content.digest, bytes: content.blobBytes });
  return { kind: 'read', mediaType: descriptor?.mediaType ?? defaultMediaTypes[content.compression], content };
}

const defaultMediaTypes = {
  none: 'application/vnd.docker.image.rootfs.diff.tar',
  gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
} as const;

/** Some Engines left out a blob that two images share, or named it otherwise: the content decides. */
function findByDiffId(archive: Archive, diffId: string | undefined): ArchiveBlob | undefined {
  return archive.blobs.find((blob) => blob.kind === 'layer' && blob.content.diffId === diffId);
}

/** Some names promise a digest; `<hex>.tar` does not, some tools put an ID of their own there. */
function digestInName(path: string): string | null {
  const match = /^(?:blobs\/sha256\/|sha256:)?([0-9a-f]{64})(?:\.json)?$/.exec(path);
  return match ? `sha256:${match[1]}` : null;
}
