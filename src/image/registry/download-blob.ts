import { UserError } from '../../user-error.ts';
import type { Descriptor } from '../manifest.ts';
import { Attempts, Passing } from './attempts.ts';
import { parseContentRange } from './content-range.ts';
import type { Answer } from './exchange.ts';
import { readBody, tooLong } from './read-body.ts';
import { ask, type Session, waitingOf } from './session.ts';

type Blob = Pick<Descriptor, 'digest' | 'size'>;

/**
 * The bytes of a blob, no faster than they are read. A transfer that breaks or stalls goes on where it stopped, three
 * times at most. Neither more nor fewer bytes come than the descriptor says; the digest is for the reader to verify.
 */
export async function* downloadBlob(
  session: Session,
  blob: Blob,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const attempts = new Attempts(session.effects, session.patience);
  let received = 0;
  for (;;) {
    try {
      for await (const chunk of receive(session, { blob, from: received, attempts, signal })) {
        received += chunk.length;
        yield chunk;
        attempts.progressed();
      }
      return;
    } catch (error) {
      await attempts.pauseAfter(error, signal);
    }
  }
}

type Part = {
  readonly blob: Blob;
  /** How many bytes there are already. */
  readonly from: number;
  readonly attempts: Attempts;
  readonly signal: AbortSignal;
};

/** The rest of the blob from one byte on, in one transfer. */
async function* receive(session: Session, part: Part): AsyncGenerator<Buffer, void, undefined> {
  const { blob, from, attempts, signal } = part;
  const headers: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` };
  const accepted = from === 0 ? [200, 404] : [200, 206, 404, 416];
  const answer = await ask(session, { path: `blobs/${blob.digest}`, headers, accepted, attempts, signal });
  const { first, bytes } = span(answer, part);
  const last = first + bytes;
  let position = first;
  for await (const chunk of readBody(answer, waitingOf(session, part))) {
    position += chunk.length;
    if (position > last) throw tooLong(answer.url, bytes);
    attempts.progressed();
    // A server that knows no ranges sends what is here already once more.
    const fresh = chunk.subarray(Math.max(0, chunk.length - (position - from)));
    if (position > from && fresh.length > 0) yield fresh;
  }
  if (position < blob.size) throw cutOff(answer, blob, position);
}

/** Which bytes of the blob the answer promises; throws when they are not those that were asked for. */
function span(answer: Answer, { blob, from }: Part): { readonly first: number; readonly bytes: number } {
  const { status, headers } = answer.response;
  const refuse = (reason: string): UserError => {
    answer.close();
    return new UserError(`${answer.url.host} ${reason} (${blob.digest})`, {
      exitCode: 3,
      hint: 'The image in the registry is incomplete or damaged, or the registry is not to be trusted: push it again.',
    });
  };
  if (status === 404) throw refuse('does not have a blob that the manifest lists');
  if (status === 416) throw refuse('has fewer bytes of a blob than the manifest says');
  const range = status === 206 ? parseContentRange(headers.get('content-range')) : null;
  if (status === 206 && range?.first !== from) throw refuse('sends other bytes of a blob than were asked for');
  if (range && (range.last >= blob.size || (range.total ?? blob.size) !== blob.size)) {
    throw refuse('says that a blob has another size than the manifest says');
  }
  const first = range?.first ?? 0;
  const bytes = range ? range.last - range.first + 1 : blob.size;
  const declared = headers.get('content-length');
  if (declared !== null && Number(declared) !== bytes)
    throw refuse('sends another number of bytes than the manifest says');
  return { first, bytes };
}

function cutOff({ url }: Answer, { digest, size }: Blob, position: number): Passing {
  return new Passing(
    new UserError(`The transfer from ${url.host} ended after ${position} of ${size} bytes (${digest})`, {
      exitCode: 3,
      hint: 'Try again later.',
    }),
  );
}
