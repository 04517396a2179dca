import type { Repository } from '../settings/action/run-event.ts';
import { type CommentThread, openThread } from './comment-thread.ts';
import type { GitHub } from './connect.ts';
import { createComment } from './create-comment.ts';
import { type Attempt, explainTrouble } from './explain-trouble.ts';
import { ownComments } from './own-comments.ts';
import { mayHaveHappened } from './trouble.ts';
import { updateComment } from './update-comment.ts';

export type CommentOrder = {
  readonly repository: Repository;
  readonly pullRequest: number;
  /** Keeps apart the comments of several jobs: there is one comment for each key. */
  readonly key: string;
  /** From the most complete to the smallest: the next one is used where GitHub says that one is too long. */
  readonly bodies: readonly [string, ...string[]];
  readonly run: { readonly id: number; readonly attempt: number };
  readonly headCommit: string;
  /** Only bring an existing comment up to date, make none. */
  readonly updateOnly: boolean;
};

export type CommentResult =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly id: number; readonly url: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly warning: string; readonly status?: number };

/** How often a comment whose fate is unknown is looked for, and made again where it is not there. */
const mostCreations = 3;

/** Makes or brings up to date the one comment of a key; a stranger's comment is never touched, and GitHub's troubles are a result. */
export async function publishComment(github: GitHub, order: CommentOrder): Promise<CommentResult> {
  const attempt: Attempt = {
    what: `comment on pull request ${order.pullRequest}`,
    permission: 'pull-requests: write',
    repository: order.repository,
  };
  try {
    return await publish(github, openThread(github, order.repository, order.pullRequest), order);
  } catch (error) {
    return { kind: 'failed', ...explainTrouble(github, error, attempt) };
  }
}

async function publish(github: GitHub, thread: CommentThread, order: CommentOrder): Promise<CommentResult> {
  const gone = new Set<number>();
  let creations = 0;
  let lost: unknown;
  for (;;) {
    const [oldest, ...younger] = (await ownComments(github, thread, order.key)).filter(({ id }) => !gone.has(id));
    if (oldest !== undefined) {
      const result = await updateComment(github, thread, order, [oldest, ...younger]);
      if (result === undefined) gone.add(oldest.id);
      else return lost !== undefined && result.kind === 'unchanged' ? { ...result, kind: 'created' } : result;
    } else {
      if (order.updateOnly) return { kind: 'skipped', reason: 'nothing changed, and there is no comment yet' };
      if (creations === mostCreations) throw lost;
      creations += 1;
      try {
        return await createComment(thread, order);
      } catch (error) {
        if (!mayHaveHappened(error)) throw error;
        lost = error;
        await github.wait(creations ** 2);
      }
    }
  }
}
