import { type CommentState, isNewer, isSameText } from './comment-header.ts';
import type { Comment, CommentThread } from './comment-thread.ts';
import type { GitHub } from './connect.ts';
import { keepOne, newestOf, removeAll } from './keep-one.ts';
import { type MarkedComment, readMarked } from './own-comments.ts';
import type { CommentOrder, CommentResult } from './publish-comment.ts';
import { ignoreTrouble } from './trouble.ts';
import { stateOf, writeFitting } from './write-fitting.ts';

/** Brings the oldest of our comments up to date and takes the others away; undefined when it was deleted meanwhile. */
export async function updateComment(
  github: GitHub,
  thread: CommentThread,
  order: CommentOrder,
  [listed, ...younger]: readonly [MarkedComment, ...MarkedComment[]],
): Promise<CommentResult | undefined> {
  // Since the list was read, another run may have written: GitHub has no conditional update.
  const oldest = await readAgain(thread, order, listed);
  if (oldest === undefined) return undefined;
  const own = [oldest, ...younger] as const;
  const reason = await whyOutdated(thread, stateOf(order), newestOf(own).state);
  if (reason !== undefined) {
    const isGone = younger.length > 0 && (await keepOne(thread, own)) === undefined;
    return isGone ? undefined : { kind: 'skipped', reason };
  }
  const isUnchanged = order.bodies.some((body) => isSameText(body, oldest.text));
  if (!isUnchanged && !(await write(github, thread, order, oldest))) return undefined;
  await removeAll(thread, younger);
  return { kind: isUnchanged ? 'unchanged' : 'updated', id: oldest.id, url: oldest.url };
}

/** Why this run must not write: a newer one has, or one for the commit that the pull request has now. */
async function whyOutdated(
  thread: CommentThread,
  ours: CommentState,
  theirs: CommentState | undefined,
): Promise<string | undefined> {
  if (theirs === undefined) return undefined;
  if (isNewer(theirs, ours)) return `run ${theirs.run.id}, which is newer, has commented already`;
  if (theirs.head === ours.head) return undefined;
  const head = await thread.presentHead().catch(ignoreTrouble);
  return head === theirs.head ? `run ${theirs.run.id} has commented on ${head}, the newest commit` : undefined;
}

/** False when the comment is gone. An older run that read before us may write after us: what stands is looked at once more. */
async function write(github: GitHub, thread: CommentThread, order: CommentOrder, comment: Comment): Promise<boolean> {
  const send = (body: string) => thread.update(comment.id, body);
  if ((await writeFitting(order, send)) === undefined) return false;
  await github.wait(1);
  const standing = await readAgain(thread, order, comment).catch(ignoreTrouble);
  if (standing !== undefined && isNewer(stateOf(order), standing.state)) await writeFitting(order, send);
  return true;
}

async function readAgain(
  thread: CommentThread,
  { key }: CommentOrder,
  { id }: Comment,
): Promise<MarkedComment | undefined> {
  const comment = await thread.read(id);
  return comment === undefined ? undefined : readMarked(comment, key);
}
