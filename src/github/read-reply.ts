import type { z } from 'zod';

/** An answer that is none of GitHub's: a proxy's login page, half a document. */
export class UnexpectedReply extends Error {
  override readonly name = 'UnexpectedReply';
}

/** What we need of an answer, checked: between us and GitHub may stand anything. */
export function readReply<Value>(schema: z.ZodType<Value>, data: unknown): Value {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join('.') ?? '';
  throw new UnexpectedReply(`the answer is not what GitHub describes${place === '' ? '' : ` (at ${place})`}`);
}
