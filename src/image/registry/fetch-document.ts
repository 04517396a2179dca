import { UserError } from '../../user-error.ts';
import { maxJsonBytes } from '../json-blob.ts';
import { Attempts } from './attempts.ts';
import type { Answer } from './exchange.ts';
import { readWhole } from './read-body.ts';
import { ask, type Session, waitingOf } from './session.ts';

/** A manifest, index or config as the registry sent it; not verified. */
export type FetchedDocument = {
  readonly bytes: Buffer;
  /** The `Content-Type`, without its parameters. */
  readonly contentType: string;
  /** What the registry says the digest is; null when it does not. */
  readonly claimedDigest: string | null;
};

export type DocumentRequest = {
  readonly path: string;
  /** Media types that are understood; empty for a blob. */
  readonly accept: readonly string[];
  /** Bytes that it may have. */
  readonly limit: number;
  readonly signal: AbortSignal;
};

/** Fetches one small document whole, trying again where that may help; null for one that the registry does not have. */
export async function fetchDocument(session: Session, request: DocumentRequest): Promise<FetchedDocument | null> {
  const attempts = new Attempts(session.effects, session.patience);
  for (;;) {
    try {
      return await fetchOnce(session, request, attempts);
    } catch (error) {
      await attempts.pauseAfter(error, request.signal);
    }
  }
}

async function fetchOnce(
  session: Session,
  { path, accept, limit, signal }: DocumentRequest,
  attempts: Attempts,
): Promise<FetchedDocument | null> {
  const headers: Record<string, string> = accept.length === 0 ? {} : { accept: accept.join(', ') };
  const answer = await ask(session, { path, headers, accepted: [200, 404], attempts, signal });
  const contentType = (answer.response.headers.get('content-type') ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  if (contentType === 'text/html') throw webPage(answer);
  if (answer.response.status === 404) {
    answer.close();
    return null;
  }
  const bytes = await readWhole(answer, Math.min(limit, maxJsonBytes), waitingOf(session, { attempts, signal }));
  if (/^\s*</.test(bytes.toString('latin1', 0, 64))) throw webPage(answer);
  return { bytes, contentType, claimedDigest: answer.response.headers.get('docker-content-digest') };
}

function webPage(answer: Answer): UserError {
  answer.close();
  return new UserError(`${answer.url.host} answers with a web page`, {
    exitCode: 3,
    hint: 'It is no registry, or a login page or proxy stands before it.',
  });
}
