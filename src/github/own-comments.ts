import { z } from 'zod';
import { type CommentState, readHeader } from './comment-header.ts';
import type { Author, Comment, CommentThread } from './comment-thread.ts';
import type { GitHub } from './connect.ts';
import { readReply } from './read-reply.ts';
import { troubleOf } from './trouble.ts';

/** A comment that carries our marker, without the hidden lines in `text`. */
export type MarkedComment = Comment & { readonly text: string; readonly state?: CommentState };

const viewerReply = z.object({ viewer: z.object({ login: z.string() }) });
const actionsBot: Author = { login: 'github-actions[bot]', type: 'Bot' };

/** The comments of a key that we wrote, oldest first: anybody can paste our marker, and a write token would overwrite theirs. */
export async function ownComments(
  github: GitHub,
  thread: CommentThread,
  key: string,
): Promise<readonly MarkedComment[]> {
  const marked = (await thread.list()).flatMap((comment) => readMarked(comment, key) ?? []);
  if (marked.length === 0) return [];
  const isOurs = await recogniseOurselves(github);
  return marked.filter(({ author }) => author !== undefined && isOurs(author));
}

/** A comment with what its hidden lines say; undefined where the marker of the key is not at its very start. */
export function readMarked(comment: Comment, key: string): MarkedComment | undefined {
  const header = readHeader(key, comment.body);
  return header === undefined ? undefined : { ...comment, ...header };
}

/** `GET /user` is closed to a workflow's token, GraphQL's viewer is not; where that fails we take ourselves for the workflow's. */
async function recogniseOurselves({ octokit }: GitHub): Promise<(author: Author) => boolean> {
  try {
    const reply = await octokit.graphql('query { viewer { login } }', { request: { retries: 1 } });
    const { login } = readReply(viewerReply, reply).viewer;
    return (author) => isAccount(author, login);
  } catch (error) {
    if (troubleOf(error) === undefined && !isGraphqlError(error)) throw error;
    return (author) => author.login === actionsBot.login && author.type === actionsBot.type;
  }
}

/** REST calls a bot `name[bot]`, the viewer of GraphQL may do without the suffix. */
function isAccount({ login, type }: Author, viewer: string): boolean {
  const name = viewer.replace(/\[bot\]$/, '');
  if (type === 'Bot') return login === `${name}[bot]`;
  return login === viewer;
}

function isGraphqlError(error: unknown): boolean {
  return error instanceof Error && error.name === 'GraphqlResponseError';
}
