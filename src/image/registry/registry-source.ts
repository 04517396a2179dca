import { UserError } from '../../user-error.ts';
import type { BlobSource } from '../blob-source.ts';
import { maxJsonBytes } from '../json-blob.ts';
import { type Descriptor, indexTypes, isIndexType, isManifestType, manifestTypes } from '../manifest.ts';
import { downloadBlob } from './download-blob.ts';
import { type FetchedDocument, fetchDocument } from './fetch-document.ts';
import type { Session } from './session.ts';

/** The blobs of one repository; layers come as streams, and only when they are read. */
export function registrySource(session: Session, name: string, signal: AbortSignal): BlobSource {
  return {
    name,
    readSmall: (descriptor) => readSmall(session, descriptor, signal),
    findBlob: async (blob) => ({ kind: 'stream', open: (stop) => downloadBlob(session, blob, stop) }),
  };
}

/** A manifest or index by tag or digest; null where there is none. */
export function fetchManifest(
  session: Session,
  target: { readonly name: string; readonly limit: number },
  signal: AbortSignal,
): Promise<FetchedDocument | null> {
  const accept = [...indexTypes, ...manifestTypes];
  return fetchDocument(session, { path: `manifests/${target.name}`, accept, limit: target.limit, signal });
}

async function readSmall(
  session: Session,
  { digest, mediaType, size }: Descriptor,
  signal: AbortSignal,
): Promise<Buffer | null> {
  if (size > maxJsonBytes) throw tooLarge(digest, size);
  const isManifest = isManifestType(mediaType) || isIndexType(mediaType) || mediaType === '';
  const fetched = isManifest
    ? await fetchManifest(session, { name: digest, limit: size }, signal)
    : await fetchDocument(session, { path: `blobs/${digest}`, accept: [], limit: size, signal });
  return fetched?.bytes ?? null;
}

function tooLarge(digest: string, size: number): UserError {
  return new UserError(
    `Reading ${digest}: it has ${size} bytes by its descriptor, and at most ${maxJsonBytes} are read`,
    {
      exitCode: 3,
      hint: 'This is a safety bound against hostile images.',
    },
  );
}
