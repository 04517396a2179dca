import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { BlobPlace, UnreadPlace } from './blob-source.ts';
import { type Digest, digestFromHex } from './digest.ts';
import { type LayerContent, readLayer } from './read-layer.ts';

export type BlobRequest = {
  /** For errors: `layer 3 (sha256:…)`. */
  readonly name: string;
  /** The digest that is promised of it, if there is a promise; whoever asked verifies it. */
  readonly promised?: Digest | undefined;
  /** Hears how many bytes of the blob were read since the last call. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
};

/** Reads one layer blob to its end, wherever that is done. */
export type ReadBlob = (place: BlobPlace, request: BlobRequest) => Promise<LayerContent>;

/** Computes the digest of a blob without looking into it. */
export type HashBlob = (place: BlobPlace, request: BlobRequest) => Promise<Digest>;

/** Reads a layer blob on this thread. */
export const readBlobHere: ReadBlob = async (place, request) =>
  place.kind === 'read' ? place.content : readLayer(counted(place, request), request.name);

/** Hashes a blob on this thread. */
export const hashBlobHere: HashBlob = async (place, request) => {
  if (place.kind === 'read') return place.content.digest;
  const hash = createHash('sha256');
  for await (const chunk of counted(place, request)) hash.update(chunk);
  return digestFromHex(hash.digest('hex'));
};

async function* counted(place: UnreadPlace, { onBytes, signal }: BlobRequest): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of open(place, signal)) {
    onBytes(chunk.length);
    yield chunk;
  }
}

function open(place: UnreadPlace, signal: AbortSignal): AsyncIterable<Buffer> {
  if (place.kind === 'stream') return place.open(signal);
  const { path, start, bytes } = place;
  if (bytes === 0) return nothing();
  return createReadStream(path, { start, end: start + bytes - 1, highWaterMark: 256 * 1024, signal });
}

async function* nothing(): AsyncGenerator<Buffer, void, undefined> {}
