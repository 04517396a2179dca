import { z } from 'zod';
import { isDigest } from './digest.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const digest = z.string().refine(isDigest, 'is not a sha256 digest');

const platformSchema = z.object({ os: text, architecture: text, variant: text });

/** OCI image-spec, descriptor.md; Docker's is the same. Null stands for missing, as Go writes it. */
export const descriptorSchema = z.object({
  mediaType: text,
  digest,
  size: z.int().nonnegative(),
  artifactType: text,
  platform: platformSchema.nullish(),
  annotations: z
    .record(z.string(), z.string())
    .nullish()
    .transform((value) => value ?? {}),
});

/** An image index or Docker manifest list. A document that is both this and a manifest is refused: readers would disagree on it. */
export const indexSchema = z.object({
  mediaType: text,
  manifests: z.array(descriptorSchema).max(10_000),
  config: z.null().optional(),
  layers: z.null().optional(),
});

/** No engine runs an image of more than a few hundred layers: overlayfs takes 500. */
export const maxLayers = 1000;

/** An image manifest, OCI or Docker. */
export const manifestSchema = z.object({
  mediaType: text,
  artifactType: text,
  config: descriptorSchema,
  layers: z.array(descriptorSchema).max(maxLayers),
  manifests: z.null().optional(),
});

export type Descriptor = z.infer<typeof descriptorSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/** True for an index by media type, OCI or Docker. */
export function isIndexType(mediaType: string): boolean {
  return indexTypes.has(mediaType);
}

/** True for a manifest by media type, OCI or Docker. */
export function isManifestType(mediaType: string): boolean {
  return manifestTypes.has(mediaType);
}

/** True when the config is that of an image, and not of some artifact that travels in the same form. */
export function isImageConfigType(mediaType: string): boolean {
  return configTypes.has(mediaType);
}

/** True for a layer that is not distributed with its image (Windows base layers): it has no blob here. */
export function isForeignLayer(mediaType: string): boolean {
  return mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');
}

/** BuildKit's provenance and SBOM manifests. An `artifactType` of another kind says nothing: crane writes one on ordinary images. */
export function isAttestation(subject: Descriptor | Manifest): boolean {
  const annotations = 'annotations' in subject ? subject.annotations : {};
  if (annotations['vnd.docker.reference.type'] === 'attestation-manifest') return true;
  if (subject.artifactType === 'application/vnd.docker.attestation.manifest.v1+json') return true;
  if (!('layers' in subject)) return false;
  return (
    subject.layers.length > 0 && subject.layers.every((layer) => layer.mediaType === 'application/vnd.in-toto+json')
  );
}

/** Media types of an index, OCI and Docker. */
export const indexTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
/** Media types of a manifest, OCI and Docker. */
export const manifestTypes: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);
const configTypes = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);
