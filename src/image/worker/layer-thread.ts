import { Worker } from 'node:worker_threads';
import type { Digest } from '../digest.ts';
import type { BlobRequest } from '../read-blob.ts';
import type { LayerContent } from '../read-layer.ts';
import { type FilePlace, type LayerAnswer, type LayerOrder, unpackContent, unpackRefusal } from './layer-message.ts';

type Pending = {
  readonly onBytes: BlobRequest['onBytes'];
  readonly settle: (answer: LayerAnswer) => void;
  readonly reject: (error: unknown) => void;
};

/** One worker thread and what was asked of it. */
export class LayerThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(script: URL) {
    this.#worker = new Worker(script);
    this.#worker.on('message', (answer: LayerAnswer) => this.#hear(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('a thread that reads layers ended')));
  }

  /** How many blobs it has in hand. */
  get load(): number {
    return this.#pending.size;
  }

  /** Reads a layer; rejects with the UserError that reading gave there. */
  async read(place: FilePlace, request: BlobRequest): Promise<LayerContent> {
    const answer = await this.#ask('read', place, request);
    if (answer.kind === 'content') return unpackContent(answer.content);
    throw unexpected(answer);
  }

  /** Hashes a blob. */
  async hash(place: FilePlace, request: BlobRequest): Promise<Digest> {
    const answer = await this.#ask('hash', place, request);
    if (answer.kind === 'digest') return answer.digest;
    throw unexpected(answer);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask(kind: 'read' | 'hash', place: FilePlace, { name, onBytes, signal }: BlobRequest): Promise<LayerAnswer> {
    const id = ++this.#lastId;
    let unsaid = place.bytes;
    const count = (bytes: number): void => {
      unsaid -= bytes;
      onBytes(bytes);
    };
    const stop = (): void => this.#say({ kind: 'stop', id });
    const answer = new Promise<LayerAnswer>((settle, reject) => {
      this.#pending.set(id, { onBytes: count, settle, reject });
      this.#say({ kind, id, place, name });
    });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const last = await answer;
      onBytes(unsaid);
      return last;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #say(order: LayerOrder): void {
    this.#worker.postMessage(order);
  }

  #hear(answer: LayerAnswer): void {
    const pending = this.#pending.get(answer.id);
    if (answer.kind === 'progress') {
      pending?.onBytes(answer.bytes);
      return;
    }
    this.#pending.delete(answer.id);
    if (answer.kind === 'refusal') pending?.reject(unpackRefusal(answer.refusal));
    else if (answer.kind === 'bug') pending?.reject(answer.error);
    else pending?.settle(answer);
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

function unexpected({ kind }: LayerAnswer): Error {
  return new Error(`a thread that reads layers answered ${kind}`);
}
