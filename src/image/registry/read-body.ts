import { UserError } from '../../user-error.ts';
import type { RegistryEffects } from './effects.ts';
import type { Answer } from './exchange.ts';
import { explainFailure, stalled } from './explain-failure.ts';
import { within } from './within.ts';

/** Up to when a body is waited for: only the time counts in which bytes were asked for and did not come. */
export type Waiting = {
  readonly stallMs: number;
  /** A body that brings less in `stallMs` has stalled too. */
  readonly leastBytes: number;
  readonly now: RegistryEffects['now'];
  readonly signal: AbortSignal;
};

/** The chunks of a body; the transfer ends with the loop, however that ends. */
export async function* readBody(answer: Answer, waiting: Waiting): AsyncGenerator<Buffer, void, undefined> {
  const { stallMs, leastBytes, now, signal } = waiting;
  const chunks = answer.response.body?.[Symbol.asyncIterator]();
  let waitedMs = 0;
  let bytes = 0;
  try {
    while (chunks) {
      const asked = now();
      const next = await within(stallMs, chunks.next(), () => stalled(answer.url, stallMs));
      if (next.done) return;
      const { buffer, byteOffset, byteLength } = next.value;
      waitedMs += now() - asked;
      bytes += byteLength;
      if (waitedMs > stallMs && bytes < leastBytes) throw stalled(answer.url, waitedMs);
      if (waitedMs > stallMs) waitedMs = bytes = 0;
      if (byteLength > 0) yield Buffer.from(buffer, byteOffset, byteLength);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw explainFailure(error, answer.url);
  } finally {
    answer.close();
  }
}

/** The whole of a small body; exit 3 as soon as it is longer than `limit` bytes, by its own word or in truth. A drip may take four stalls' time. */
export async function readWhole(answer: Answer, limit: number, waiting: Omit<Waiting, 'leastBytes'>): Promise<Buffer> {
  const declared = Number(answer.response.headers.get('content-length') ?? 0);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readBody(answer, { ...waiting, leastBytes: limit / 4 })) {
    bytes += chunk.length;
    if (bytes > limit || declared > limit) throw tooLong(answer.url, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads a body that nobody needs when it is short, so that the connection can be used again; else ends the transfer. */
export async function discard(answer: Answer, waiting: Omit<Waiting, 'leastBytes'>): Promise<void> {
  await readWhole(answer, maxDiscarded, waiting).catch(() => {
    answer.close();
    waiting.signal.throwIfAborted();
  });
}

const maxDiscarded = 16 * 1024;

/** The server sends more than it may. */
export function tooLong({ host }: URL, limit: number): UserError {
  return new UserError(`${host} sends more than the ${limit} bytes that this may have`, {
    exitCode: 3,
    hint: 'The registry is broken, or not to be trusted.',
  });
}
