import { availableParallelism } from 'node:os';
import type { BlobPlace } from '../blob-source.ts';
import { type HashBlob, hashBlobHere, type ReadBlob, readBlobHere } from '../read-blob.ts';
import type { FilePlace } from './layer-message.ts';
import { LayerThread } from './layer-thread.ts';

/** Threads that read and hash blobs; `close` ends them. */
export type LayerPool = {
  readonly readBlob: ReadBlob;
  readonly hashBlob: HashBlob;
  readonly close: () => Promise<void>;
};

/**
 * Reads large blobs on threads of their own, so that layers are hashed side by side and this thread stays free.
 * Threads start when first needed. `script` is the bundled layer-worker.
 */
export function openLayerPool(script: URL, size = availableParallelism()): LayerPool {
  const threads: LayerThread[] = [];
  const leastBusy = (): LayerThread => {
    const [first, ...others] = threads;
    if (first === undefined || (threads.length < size && threads.every(({ load }) => load > 0))) {
      const started = new LayerThread(script);
      threads.push(started);
      return started;
    }
    return others.reduce((one, other) => (other.load < one.load ? other : one), first);
  };
  return {
    readBlob: (place, request) => (isWorthIt(place) ? leastBusy().read(place, request) : readBlobHere(place, request)),
    hashBlob: (place, request) => (isWorthIt(place) ? leastBusy().hash(place, request) : hashBlobHere(place, request)),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

/** Starting a thread takes as long as reading about so many bytes. */
const minBytes = 4 * 1024 * 1024;

/** A stream comes through this thread anyhow, and mostly slower than it is read. */
function isWorthIt(place: BlobPlace): place is FilePlace {
  return place.kind === 'file' && place.bytes >= minBytes;
}
