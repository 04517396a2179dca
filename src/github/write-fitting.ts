import { type CommentState, withHeader } from './comment-header.ts';
import type { CommentOrder } from './publish-comment.ts';
import { isTooLong } from './trouble.ts';

/** Writes the most complete body that GitHub takes. */
export async function writeFitting<Written>(
  order: CommentOrder,
  send: (body: string) => Promise<Written>,
): Promise<Written> {
  const [body, next, ...smaller] = order.bodies;
  try {
    return await send(withHeader(order.key, stateOf(order), body));
  } catch (error) {
    if (next === undefined || !isTooLong(error)) throw error;
    return writeFitting({ ...order, bodies: [next, ...smaller] }, send);
  }
}

/** What this run's comment says of the run. */
export function stateOf({ run, headCommit }: CommentOrder): CommentState {
  return { run, head: headCommit };
}
