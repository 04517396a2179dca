import { z } from 'zod';
import { UnexpectedReply } from './read-reply.ts';

/** What GitHub, or the way to it, did to a request; a bug of ours is no trouble. */
export type Trouble =
  | { readonly kind: 'answer'; readonly status: number; readonly message: string; readonly isRateLimit: boolean }
  | { readonly kind: 'no answer'; readonly message: string }
  | { readonly kind: 'unexpected answer'; readonly message: string };

const answered = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()).optional(), data: z.unknown() }),
});
const unanswered = z.object({ status: z.literal(500), message: z.string(), request: z.object({ url: z.string() }) });
const errorReply = z.object({
  message: z.string().optional(),
  errors: z
    .array(z.union([z.string(), z.object({ message: z.string().optional() }).transform((e) => e.message)]))
    .optional(),
});

/** What is known of an error; undefined for one that is not GitHub's. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof UnexpectedReply) return { kind: 'unexpected answer', message: error.message };
  if (!(error instanceof Error)) return undefined;
  const reply = answered.safeParse({ ...error, message: error.message });
  if (reply.success) {
    const { status, response } = reply.data;
    const message = messageIn(response.data);
    return { kind: 'answer', status, message, isRateLimit: isRateLimit(status, response.headers ?? {}, message) };
  }
  const none = unanswered.safeParse({ ...error, message: error.message });
  return none.success ? { kind: 'no answer', message: none.data.message } : undefined;
}

function isRateLimit(status: number, headers: Readonly<Record<string, unknown>>, message: string): boolean {
  if (status !== 403) return status === 429;
  return 'retry-after' in headers || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message);
}

/** Undefined for what GitHub says is not there, or no longer. */
export async function unlessGone<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await ask();
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble?.kind === 'answer' && (trouble.status === 404 || trouble.status === 410)) return undefined;
    throw error;
  }
}

/** Whether a request may have had its effect although it failed. */
export function mayHaveHappened(error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble !== undefined && (trouble.kind !== 'answer' || trouble.status >= 500);
}

/** Whether GitHub refused a comment for its length. */
export function isTooLong(error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble?.kind === 'answer' && trouble.status === 422 && /too long/i.test(trouble.message);
}

/** For what one can do without: a bug is thrown on. */
export function ignoreTrouble(error: unknown): undefined {
  if (troubleOf(error) === undefined) throw error;
}

/** GitHub's own words, the details after the general ones. */
function messageIn(data: unknown): string {
  const reply = errorReply.safeParse(data);
  const words = reply.success ? [reply.data.message, ...(reply.data.errors ?? [])] : [];
  return words.filter((word) => word !== undefined).join(': ');
}
