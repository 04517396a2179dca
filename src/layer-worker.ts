import { parentPort } from 'node:worker_threads';
import { type BlobRequest, hashBlobHere, readBlobHere } from './image/read-blob.ts';
import { type LayerAnswer, type LayerOrder, packContent, packError } from './image/worker/layer-message.ts';

/** Door of a worker thread: reads or hashes the blobs that it is asked for, any number at once. */
const stops = new Map<number, AbortController>();

parentPort?.on('message', (order: LayerOrder) => {
  if (order.kind === 'stop') stops.get(order.id)?.abort();
  else void carryOut(order);
});

type Work = Exclude<LayerOrder, { kind: 'stop' }>;

async function carryOut(work: Work): Promise<void> {
  const { id, name } = work;
  const stop = new AbortController();
  stops.set(id, stop);
  const progress = startProgress(id);
  try {
    await answerWork(work, { name, onBytes: progress.add, signal: stop.signal });
  } catch (error) {
    answer(packError(id, error));
  } finally {
    stops.delete(id);
  }
}

async function answerWork({ kind, id, place }: Work, request: BlobRequest): Promise<void> {
  if (kind === 'hash') {
    answer({ kind: 'digest', id, digest: await hashBlobHere(place, request) });
    return;
  }
  const { content, memory } = packContent(await readBlobHere(place, request));
  answer({ kind: 'content', id, content }, memory);
}

/** A message for every chunk would cost more than it says; what is missing at the end is said by the end. */
function startProgress(id: number): { readonly add: (bytes: number) => void } {
  let unsaid = 0;
  return {
    add: (bytes) => {
      unsaid += bytes;
      if (unsaid < progressStep) return;
      answer({ kind: 'progress', id, bytes: unsaid });
      unsaid = 0;
    },
  };
}

const progressStep = 2 * 1024 * 1024;

function answer(message: LayerAnswer, memory: readonly ArrayBufferLike[] = []): void {
  parentPort?.postMessage(
    message,
    memory.filter((each) => each instanceof ArrayBuffer),
  );
}
