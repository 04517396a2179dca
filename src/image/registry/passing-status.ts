import type { FetchResponse } from './effects.ts';
import { parseRetryAfter } from './retry-after.ts';

/** True for answers that may be another one later: too many questions, or trouble behind the server. */
export function isPassingStatus(status: number): boolean {
  return passing.has(status);
}

const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Milliseconds that the answer asks to wait; null when it does not say. */
export function pauseOf(headers: FetchResponse['headers'], now: number): number | null {
  return parseRetryAfter(headers.get('retry-after'), now);
}
