import { createReadStream } from 'node:fs';
import type { BlobPlace } from './blob-source.ts';
import { type LayerContent, readLayer } from './read-layer.ts';

export type BlobRequest = {
  /** For errors and notes: `layer 3 (sha256:…)`. */
  readonly name: string;
  /** Hears how many bytes of the blob were read since the last call. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
};

/** Reads one layer blob to its end, wherever that is done. */
export type ReadBlob = (place: BlobPlace, request: BlobRequest) => Promise<LayerContent>;

/** Reads a layer blob on this thread. */
export const readBlobHere: ReadBlob = (place, request) => readLayer(counted(place, request), request.name);

async function* counted(place: BlobPlace, { onBytes, signal }: BlobRequest): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of open(place, signal)) {
    onBytes(chunk.length);
    yield chunk;
  }
}

function open(place: BlobPlace, signal: AbortSignal): AsyncIterable<Buffer> {
  if (place.kind === 'stream') return place.open(signal);
  const { path, start, bytes } = place;
  if (bytes === 0) return nothing();
  return createReadStream(path, { start, end: start + bytes - 1, highWaterMark: 256 * 1024, signal });
}

async function* nothing(): AsyncGenerator<Buffer, void, undefined> {}
