import { z } from 'zod';
import { UserError } from '../../user-error.ts';
import { parseJsonBlob } from '../json-blob.ts';
import { isIndexType, isManifestType } from '../manifest.ts';
import type { FetchedDocument } from './fetch-document.ts';

const shapeSchema = z.object({
  schemaVersion: z.unknown().optional(),
  mediaType: z.string().nullish(),
  manifests: z.unknown().optional(),
  layers: z.unknown().optional(),
});

/**
 * The media type of a manifest that was asked for by name, where no descriptor tells it: what the document says, else the
 * header, else by its shape. Header and document must not contradict each other: readers would disagree on what it is.
 */
export function rootType({ bytes, contentType }: Pick<FetchedDocument, 'bytes' | 'contentType'>, name: string): string {
  const { schemaVersion, mediaType, manifests, layers } = parseJsonBlob(bytes, shapeSchema, name);
  if (schemaVersion === 1) {
    throw new UserError(`Reading ${name}: it is in Docker's first format, which says no sizes`, {
      exitCode: 3,
      hint: 'Push the image again with a Docker of this decade.',
    });
  }
  const written = mediaType ?? '';
  if (isKnown(written) && isKnown(contentType) && written !== contentType) {
    throw new UserError(`Reading ${name}: it says that it is ${written}, and the registry that it is ${contentType}`, {
      exitCode: 3,
      hint: 'Push the image again.',
    });
  }
  if (written !== '') return written;
  if (isKnown(contentType)) return contentType;
  if (Array.isArray(manifests)) return 'application/vnd.oci.image.index.v1+json';
  return Array.isArray(layers) ? 'application/vnd.oci.image.manifest.v1+json' : contentType;
}

function isKnown(mediaType: string): boolean {
  return isIndexType(mediaType) || isManifestType(mediaType);
}
