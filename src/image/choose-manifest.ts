import { UserError } from '../user-error.ts';
import type { DocumentSource } from './blob-source.ts';
import { parseImageConfig } from './image-config.ts';
import { parseJsonBlob } from './json-blob.ts';
import {
  type Descriptor,
  indexSchema,
  isAttestation,
  isImageConfigType,
  isIndexType,
  isManifestType,
  type Manifest,
  manifestSchema,
} from './manifest.ts';
import { formatPlatform, platformFrom } from './platform.ts';
import { digestOf, verifyBlob } from './verify.ts';
import { ofWantedPlatform } from './wanted-platform.ts';

/** An image manifest for one platform, verified against its descriptor. */
export type ChosenManifest = { readonly descriptor: Descriptor; readonly manifest: Manifest };

/** Which image is wanted where a source has several: a tag (`org.opencontainers.image.ref.name`) and a platform. */
export type ImageChoice = {
  readonly platform?: string | undefined;
  /** Taken where there are several and `platform` does not say which; a single image is wanted whatever it is for. */
  readonly defaultPlatform?: string | undefined;
  readonly tag?: string | undefined;
};

/** Walks from the top-level descriptors through nested indexes to the one wanted image; several or none are exit 2, with the list. */
export async function chooseManifest(
  source: DocumentSource,
  roots: readonly Descriptor[],
  choice: ImageChoice,
): Promise<ChosenManifest> {
  const tagged = withTag(source, roots, choice.tag);
  return pick(source, await listManifests(source, tagged), choice);
}

/** Every image manifest that the source has under these descriptors, attestations and other artifacts left out. */
export function listManifests(source: DocumentSource, roots: readonly Descriptor[]): Promise<readonly Candidate[]> {
  return collectCandidates(source, roots, 0, new Set());
}

/** Fetches one small blob and verifies size and digest. */
export async function readVerified(source: DocumentSource, descriptor: Descriptor, what: string): Promise<Buffer> {
  const bytes = await source.readSmall(descriptor);
  if (bytes === null) {
    throw new UserError(`Reading ${source.name}: ${what} ${descriptor.digest} is missing`, {
      exitCode: 3,
      hint: 'The image is incomplete: build, save or pull it again.',
    });
  }
  verifyBlob(`${what} ${descriptor.digest}`, descriptor, { digest: digestOf(bytes), bytes: bytes.length });
  return bytes;
}

/** A manifest and the platform that it is for, `os/arch[/variant]`. */
export type Candidate = ChosenManifest & { readonly platform: string };

function withTag(source: DocumentSource, roots: readonly Descriptor[], tag: string | undefined): readonly Descriptor[] {
  if (tag === undefined) return roots;
  const tagged = roots.filter((root) => refName(root) === tag || refName(root).endsWith(`:${tag}`));
  if (tagged.length > 0) return tagged;
  const names = roots.map(refName).filter((name) => name !== '');
  throw new UserError(`${source.name} has no image with the tag ${JSON.stringify(tag)}`, {
    hint: names.length > 0 ? `It has: ${names.join(', ')}.` : 'Its images have no tags: leave the tag out.',
  });
}

function refName(descriptor: Descriptor): string {
  return descriptor.annotations['org.opencontainers.image.ref.name'] ?? '';
}

async function collectCandidates(
  source: DocumentSource,
  descriptors: readonly Descriptor[],
  depth: number,
  seen: Set<string>,
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const descriptor of descriptors) {
    if (seen.has(descriptor.digest) || isAttestation(descriptor)) continue;
    seen.add(descriptor.digest);
    if (seen.size > maxManifests) throw tooMany(source);
    if (isIndexType(descriptor.mediaType)) {
      if (depth >= maxDepth) throw tooMany(source);
      if ((await source.readSmall(descriptor)) === null) continue;
      const bytes = await readVerified(source, descriptor, 'the index');
      const index = parseJsonBlob(bytes, indexSchema, `the index ${descriptor.digest}`);
      candidates.push(...(await collectCandidates(source, index.manifests, depth + 1, seen)));
    } else if (isManifestType(descriptor.mediaType) || descriptor.mediaType === '') {
      const candidate = await readCandidate(source, descriptor);
      if (candidate) candidates.push(candidate);
    }
  }
  return candidates;
}

const maxDepth = 4;
const maxManifests = 1000;

function tooMany(source: DocumentSource): UserError {
  return new UserError(`Reading ${source.name}: its indexes nest too deep or list more than ${maxManifests} images`, {
    exitCode: 3,
    hint: 'This is a safety bound against hostile images.',
  });
}

/** Null for what is no image, or whose manifest is not here (a layout may hold one platform of a larger index). */
async function readCandidate(source: DocumentSource, descriptor: Descriptor): Promise<Candidate | null> {
  if ((await source.readSmall(descriptor)) === null) return null;
  const bytes = await readVerified(source, descriptor, 'the manifest');
  const manifest = parseJsonBlob(bytes, manifestSchema, `the manifest ${descriptor.digest}`);
  if (isAttestation(manifest) || !isImageConfigType(manifest.config.mediaType)) return null;
  return { descriptor, manifest, platform: await platformOf(source, descriptor, manifest) };
}

async function platformOf(source: DocumentSource, descriptor: Descriptor, manifest: Manifest): Promise<string> {
  if (descriptor.platform) return formatPlatform(platformFrom(descriptor.platform));
  const config = await readVerified(source, manifest.config, 'the config');
  return parseImageConfig(config, `the config ${manifest.config.digest}`).platform;
}

function pick(source: DocumentSource, candidates: readonly Candidate[], choice: ImageChoice): ChosenManifest {
  const { platform } = choice;
  const wanted = ofWantedPlatform(candidates, choice);
  const [only, ...others] = wanted;
  if (only && others.length === 0) return only;
  const platforms = candidates.map((candidate) => candidate.platform).join(', ');
  if (candidates.length === 0) {
    throw new UserError(`${source.name} holds no image`, {
      hint: 'Its entries are attestations, artifacts, or not there.',
    });
  }
  if (!only) {
    throw new UserError(`${source.name} has no image for ${platform ?? ''}`, { hint: `It has: ${platforms}.` });
  }
  const isOnePlatform = wanted.every((candidate) => candidate.platform === only.platform);
  const hint = isOnePlatform ? 'Say which with a tag.' : `Say which with --platform: ${platforms}.`;
  throw new UserError(`${source.name} has several images${platform === undefined ? '' : ` for ${platform}`}`, { hint });
}
