import { isNewer } from './comment-header.ts';
import type { CommentThread } from './comment-thread.ts';
import type { MarkedComment } from './own-comments.ts';
import { ignoreTrouble } from './trouble.ts';

/**
 * Makes one comment of several that racing runs made: the oldest stays, with the text of the newest run, and the others
 * go. Whichever of the runs does this, and however often, the outcome is the same. Gives undefined when the oldest is gone.
 */
export async function keepOne(
  thread: CommentThread,
  own: readonly [MarkedComment, ...MarkedComment[]],
): Promise<MarkedComment | undefined> {
  const [oldest, ...younger] = own;
  const newest = newestOf(own);
  if (newest.body !== oldest.body && (await thread.update(oldest.id, newest.body)) === undefined) return undefined;
  await removeAll(thread, younger);
  return { ...newest, id: oldest.id, url: oldest.url };
}

/** The comment whose run was started last; of equals the one made last. */
export function newestOf([first, ...rest]: readonly [MarkedComment, ...MarkedComment[]]): MarkedComment {
  return rest.reduce((best, each) => (isNewer(best.state, each.state) ? best : each), first);
}

/** Takes comments away where GitHub lets us; what stays is for the next run. */
export async function removeAll(thread: CommentThread, comments: readonly MarkedComment[]): Promise<void> {
  for (const { id } of comments) await thread.remove(id).catch(ignoreTrouble);
}
