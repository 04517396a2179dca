import { isNewer } from './comment-header.ts';
import type { Comment, CommentThread } from './comment-thread.ts';
import { keepOne } from './keep-one.ts';
import { type MarkedComment, readMarked } from './own-comments.ts';
import type { CommentOrder, CommentResult } from './publish-comment.ts';
import { ignoreTrouble } from './trouble.ts';
import { stateOf, writeFitting } from './write-fitting.ts';

/** With two racing runs one look is enough, with many more the oldest comment may vanish while it is brought up to date. */
const mostLooks = 3;

/** Makes a comment, then looks whether another run made one at the same time: one of them stays. */
export async function createComment(thread: CommentThread, order: CommentOrder): Promise<CommentResult> {
  const made = await writeFitting(order, thread.create);
  // The comment stands, whatever happens to this look; the next run looks again.
  const kept = await settle(thread, order, made).catch(ignoreTrouble);
  if (kept === undefined || kept.id === made.id) return { kind: 'created', id: made.id, url: made.url };
  if (kept.state !== undefined && isNewer(kept.state, stateOf(order))) {
    return { kind: 'skipped', reason: `run ${kept.state.run.id}, which is newer, has commented meanwhile` };
  }
  return { kind: 'updated', id: kept.id, url: kept.url };
}

async function settle(thread: CommentThread, order: CommentOrder, made: Comment): Promise<MarkedComment | undefined> {
  const ours = readMarked(made, order.key);
  if (ours === undefined) return undefined;
  for (let look = 1; look <= mostLooks; look += 1) {
    const others = (await thread.list()).flatMap((each) => readMarked(each, order.key) ?? []).filter(isOther);
    const [oldest = ours, ...younger] = [...others, ours].sort((one, other) => one.id - other.id);
    const kept = await keepOne(thread, [oldest, ...younger]);
    if (kept !== undefined) return kept;
  }
  return undefined;

  /** Whoever wrote the comment that we have just made is us. */
  function isOther({ id, author }: Comment): boolean {
    return id !== made.id && author?.login === made.author?.login && author?.type === made.author?.type;
  }
}
