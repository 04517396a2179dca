import { UserError } from '../user-error.ts';
import type { ArchiveBlob } from './archive-blobs.ts';
import type { DocumentSource } from './blob-source.ts';
import type { Archive } from './read-archive.ts';
import type { LayerContent } from './read-layer.ts';

/** The bytes of a document that must be there; exit 3 with its name where it is not. */
export function documentBytes(blob: ArchiveBlob | undefined, name: string): Buffer {
  if (blob?.kind === 'small') return blob.bytes;
  if (blob?.kind === 'broken') throw blob.error;
  const problem = blob === undefined ? 'missing' : blob.kind === 'large' ? 'larger than 8 MiB' : 'no JSON document';
  throw new UserError(`Reading the image archive: ${name} is ${problem}`, {
    exitCode: 3,
    hint: 'Save the image again.',
  });
}

/** The archive as a source of blobs by digest. */
export function archiveSource(archive: Archive): DocumentSource {
  return {
    name: 'the image archive',
    readSmall: async ({ digest }) => {
      const blob = archive.find(blobPath(digest));
      return blob ? documentBytes(blob, digest) : null;
    },
  };
}

/** Where an OCI layout keeps a blob. */
export function blobPath(digest: string): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}

/** What was read of a layer that must be there; a layer that could not be read throws its error now. */
export function layerContent(blob: ArchiveBlob | undefined, name: string): LayerContent {
  if (blob?.kind === 'layer') return blob.content;
  if (blob?.kind === 'broken') throw blob.error;
  throw new UserError(`Reading the image archive: ${name} is ${blob ? 'no layer' : 'missing'}`, {
    exitCode: 3,
    hint: 'Save the image again; some Engines (27, 28) leave out layers that images share.',
  });
}
