import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { type Archive, archiveSource, readDocument } from './archive.ts';
import { assembleImage } from './assemble-image.ts';
import { type Candidate, type ImageChoice, listManifests } from './choose-manifest.ts';
import type { Image } from './image.ts';
import { type ImageConfig, parseImageConfig } from './image-config.ts';
import { parseJsonBlob } from './json-blob.ts';
import { indexSchema, maxLayers } from './manifest.ts';
import { readBlobHere } from './read-blob.ts';
import type { ReadOptions } from './read-image.ts';
import { digestInName, readSavedLayers } from './read-saved-layers.ts';
import { brief } from './shown.ts';
import { digestOf, verifySame } from './verify.ts';
import { ofWantedPlatform } from './wanted-platform.ts';

/** One image of a `docker save` archive by its manifest.json; a layer is found by its path, else by its diff ID. */
export async function savedImage(
  archive: Archive,
  { readBlob = readBlobHere, onProgress, signal, ...choice }: ReadOptions,
): Promise<Image> {
  const saved = await chooseSaved(archive, choice);
  const configDigest = digestOf(saved.configBytes);
  const found = await findManifest(archive, configDigest);
  const descriptors = found?.manifest.layers ?? [];
  const slots = saved.Layers.map((path, position) => ({
    path,
    position,
    descriptor: descriptors[position],
    diffId: saved.config.diffIds[position],
  }));
  const layers = await readSavedLayers(archive, slots, { readBlob, onProgress, signal });
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
      .max(maxLayers)
      .nullish()
      .transform((layers) => layers ?? []),
  }),
);

type SavedImage = z.infer<typeof savedImagesSchema>[number] & {
  readonly configBytes: Buffer;
  readonly config: ImageConfig;
  readonly platform: string;
};

async function chooseSaved(archive: Archive, choice: ImageChoice): Promise<SavedImage> {
  const manifest = await readDocument(archive, 'manifest.json', 'manifest.json');
  const entries = parseJsonBlob(manifest, savedImagesSchema, 'manifest.json');
  const images: SavedImage[] = [];
  for (const entry of entries) if (hasTag(entry.RepoTags, choice.tag)) images.push(await openSaved(archive, entry));
  const wanted = ofWantedPlatform(images, choice);
  const [only, ...others] = wanted;
  if (only && others.length === 0) return only;
  const names = images.map(({ RepoTags, platform }) => brief(`${RepoTags[0] ?? 'untagged'} (${platform})`));
  const known = brief(names.join(', '), 1000);
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

async function openSaved(archive: Archive, entry: z.infer<typeof savedImagesSchema>[number]): Promise<SavedImage> {
  const name = `the config ${brief(entry.Config)}`;
  const configBytes = await readDocument(archive, entry.Config, name);
  const promised = digestInName(entry.Config);
  if (promised) verifySame(name, promised, digestOf(configBytes));
  const config = parseImageConfig(configBytes, name);
  return { ...entry, configBytes, config, platform: config.platform };
}

/** Archives since Docker 25 carry an OCI index as well; it knows the manifest's digest and the media types. */
async function findManifest(archive: Archive, configDigest: string): Promise<Candidate | undefined> {
  const index = await archive.find('index.json')?.readDocument('index.json');
  if (index === undefined) return undefined;
  const { manifests } = parseJsonBlob(index, indexSchema, 'index.json');
  const candidates = await listManifests(archiveSource(archive), manifests);
  return candidates.find(({ manifest }) => manifest.config.digest === configDigest);
}
