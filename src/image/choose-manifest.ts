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
import { formatPlatform, parsePlatform, platformFrom } from './platform.ts';
import { brief } from './shown.ts';
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
  return pick(source, await collectWanted(source, tagged, choice), choice);
}

/** Every image manifest that the source has under these descriptors, attestations and other artifacts left out. */
export async function listManifests(
  source: DocumentSource,
  roots: readonly Descriptor[],
): Promise<readonly Candidate[]> {
  const candidates = await collectCandidates(source, roots, { wanted: undefined, depth: 0, seen: new Set() });
  return candidates.filter(isRead);
}

/** Fetches one small blob and verifies size and digest. */
export async function readVerified(source: DocumentSource, descriptor: Descriptor, what: string): Promise<Buffer> {
  const bytes = await readIfThere(source, descriptor, what);
  if (bytes !== null) return bytes;
  throw new UserError(`Reading ${source.name}: ${what} ${descriptor.digest} is missing`, {
    exitCode: 3,
    hint: 'The image is incomplete: build, save or pull it again.',
  });
}

/** A manifest and the platform that it is for, `os/arch[/variant]`. */
export type Candidate = ChosenManifest & { readonly platform: string };

/** An entry of an index that says itself that it is for another platform; its manifest is not fetched. */
type PassedOver = { readonly manifest: null; readonly platform: string };

function isRead(candidate: Candidate | PassedOver): candidate is Candidate {
  return candidate.manifest !== null;
}

async function readIfThere(source: DocumentSource, descriptor: Descriptor, what: string): Promise<Buffer | null> {
  const bytes = await source.readSmall(descriptor);
  if (bytes === null) return null;
  verifyBlob(`${what} ${descriptor.digest}`, descriptor, { digest: digestOf(bytes), bytes: bytes.length });
  return bytes;
}

function withTag(source: DocumentSource, roots: readonly Descriptor[], tag: string | undefined): readonly Descriptor[] {
  if (tag === undefined) return roots;
  const tagged = roots.filter((root) => refName(root) === tag || refName(root).endsWith(`:${tag}`));
  if (tagged.length > 0) return tagged;
  const names = roots.map(refName).filter((name) => name !== '');
  throw new UserError(`${source.name} has no image with the tag ${JSON.stringify(tag)}`, {
    hint:
      names.length > 0 ? `It has: ${brief(names.join(', '), 1000)}.` : 'Its images have no tags: leave the tag out.',
  });
}

function refName(descriptor: Descriptor): string {
  return descriptor.annotations['org.opencontainers.image.ref.name'] ?? '';
}

/** Manifests for other platforms are only read when none is for the one that is wanted, or would be taken by default. */
async function collectWanted(
  source: DocumentSource,
  roots: readonly Descriptor[],
  { platform, defaultPlatform }: ImageChoice,
): Promise<readonly (Candidate | PassedOver)[]> {
  const wanted = normalPlatform(platform ?? defaultPlatform);
  const candidates = await collectCandidates(source, roots, { wanted, depth: 0, seen: new Set() });
  const isFound = candidates.some((candidate) => isRead(candidate) && candidate.platform === wanted);
  if (platform !== undefined || wanted === undefined || isFound) return candidates;
  return collectCandidates(source, roots, { wanted: undefined, depth: 0, seen: new Set() });
}

function normalPlatform(platform: string | undefined): string | undefined {
  return platform === undefined ? undefined : formatPlatform(parsePlatform(platform));
}

type Walk = {
  /** Undefined for all platforms. */
  readonly wanted: string | undefined;
  readonly depth: number;
  readonly seen: Set<string>;
};

async function collectCandidates(
  source: DocumentSource,
  descriptors: readonly Descriptor[],
  walk: Walk,
): Promise<readonly (Candidate | PassedOver)[]> {
  const { wanted, depth, seen } = walk;
  const candidates: (Candidate | PassedOver)[] = [];
  for (const descriptor of descriptors) {
    if (seen.has(descriptor.digest) || isAttestation(descriptor)) continue;
    seen.add(descriptor.digest);
    if (seen.size > maxManifests) throw tooMany(source);
    if (isIndexType(descriptor.mediaType)) {
      if (depth >= maxDepth) throw tooMany(source);
      const below = await readIndex(source, descriptor);
      candidates.push(...(await collectCandidates(source, below, { ...walk, depth: depth + 1 })));
    } else if (isManifestType(descriptor.mediaType) || descriptor.mediaType === '') {
      const candidate = otherPlatform(descriptor, wanted) ?? (await readCandidate(source, descriptor));
      if (candidate) candidates.push(candidate);
    }
  }
  return candidates;
}

/** Empty for an index that is not here. */
async function readIndex(source: DocumentSource, descriptor: Descriptor): Promise<readonly Descriptor[]> {
  const bytes = await readIfThere(source, descriptor, 'the index');
  if (bytes === null) return [];
  return parseJsonBlob(bytes, indexSchema, `the index ${descriptor.digest}`).manifests;
}

/** Null where the platform may be the wanted one, `unknown` included: attestations without a mark say that. */
function otherPlatform({ platform }: Descriptor, wanted: string | undefined): PassedOver | null {
  if (!platform?.os || !platform.architecture || platform.os === 'unknown' || platform.architecture === 'unknown') {
    return null;
  }
  const declared = formatPlatform(platformFrom(platform));
  return wanted === undefined || declared === wanted ? null : { manifest: null, platform: declared };
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
  const bytes = await readIfThere(source, descriptor, 'the manifest');
  if (bytes === null) return null;
  const manifest = parseJsonBlob(bytes, manifestSchema, `the manifest ${descriptor.digest}`);
  if (isAttestation(manifest) || !isImageConfigType(manifest.config.mediaType)) return null;
  return { descriptor, manifest, platform: await platformOf(source, descriptor, manifest) };
}

async function platformOf(source: DocumentSource, descriptor: Descriptor, manifest: Manifest): Promise<string> {
  if (descriptor.platform) return formatPlatform(platformFrom(descriptor.platform));
  const config = await readVerified(source, manifest.config, 'the config');
  return parseImageConfig(config, `the config ${manifest.config.digest}`).platform;
}

function pick(
  source: DocumentSource,
  candidates: readonly (Candidate | PassedOver)[],
  choice: ImageChoice,
): ChosenManifest {
  const { platform } = choice;
  const wanted = ofWantedPlatform(candidates.filter(isRead), choice);
  const [only, ...others] = wanted;
  if (only && others.length === 0) return only;
  const platforms = brief(candidates.map((candidate) => brief(candidate.platform)).join(', '), 1000);
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
