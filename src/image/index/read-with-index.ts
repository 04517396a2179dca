import type { UnreadPlace } from '../blob-source.ts';
import { isDigest } from '../digest.ts';
import type { BlobRequest, HashBlob, ReadBlob } from '../read-blob.ts';
import type { LayerContent } from '../read-layer.ts';
import { fileStamp } from './file-stamp.ts';
import type { LayerIndex } from './layer-index.ts';

export type IndexedReading = {
  readonly index: LayerIndex;
  readonly readBlob: ReadBlob;
  readonly hashBlob: HashBlob;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * Reads blobs through the index: a file that is as it was is not opened; a blob that is known by its promised digest is
 * hashed and not unpacked, from a registry not even fetched, since the digest names the content; all else is read and kept.
 */
export function readWithIndex(reading: IndexedReading): ReadBlob {
  const { index, readBlob } = reading;
  return async (place, request) => {
    if (place.kind === 'read') return place.content;
    const stamp = await fileStamp(place, reading.now());
    const unchanged = stamp === null ? null : await recallContent(index, stamp);
    if (unchanged !== null) {
      request.onBytes(unchanged.blobBytes);
      return unchanged;
    }
    const known = await findByDigest(reading, place, request);
    const content = known ?? (await readBlob(place, request));
    if (known === null) await index.keep(content);
    // Read while it was being written, it may have changed since.
    if (stamp !== null && stamp === (await fileStamp(place, reading.now())))
      await index.remember(stamp, content.digest);
    return content;
  };
}

async function recallContent(index: LayerIndex, stamp: string): Promise<LayerContent | null> {
  const digest = await index.recall(stamp);
  return digest !== null && isDigest(digest) ? index.find(digest) : null;
}

async function findByDigest(
  { index, hashBlob }: IndexedReading,
  place: UnreadPlace,
  request: BlobRequest,
): Promise<LayerContent | null> {
  const { promised } = request;
  if (promised === undefined) return null;
  const known = await index.find(promised);
  if (known === null) return null;
  if (place.kind === 'stream') {
    request.onBytes(known.blobBytes);
    return known;
  }
  // A blob that breaks its promise is read as what it is, and refused by whoever asked.
  if (known.blobBytes !== place.bytes || (await hashBlob(place, request)) !== promised) return null;
  return known;
}
