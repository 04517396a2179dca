import { z } from 'zod';
import type { Answer } from './exchange.ts';
import { readWhole, type Waiting } from './read-body.ts';

const errorsSchema = z.object({ errors: z.array(z.object({ code: z.string() })) });

/**
 * The codes of the distribution-spec in the body of a refusal (`NAME_UNKNOWN`). Nothing else of it is shown: it is a
 * stranger's text, and might repeat what we sent.
 */
export async function readErrorCodes(answer: Answer, waiting: Omit<Waiting, 'leastBytes'>): Promise<readonly string[]> {
  try {
    const body = errorsSchema.parse(JSON.parse((await readWhole(answer, maxBytes, waiting)).toString('utf8')));
    return body.errors.map(({ code }) => code.toUpperCase()).filter((code) => knownCodes.has(code));
  } catch {
    waiting.signal.throwIfAborted();
    return [];
  }
}

const maxBytes = 64 * 1024;

/** distribution-spec, "Error Codes", and what the registries of Docker add. */
const knownCodes = new Set([
  'BLOB_UNKNOWN',
  'DENIED',
  'MANIFEST_UNKNOWN',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'TOOMANYREQUESTS',
  'UNAUTHORIZED',
  'UNAVAILABLE',
  'UNKNOWN',
  'UNSUPPORTED',
]);
