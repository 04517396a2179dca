import { z } from 'zod';
import type { Repository } from '../settings/action/run-event.ts';
import { allPages, type Page } from './all-pages.ts';
import type { GitHub } from './connect.ts';
import { readReply } from './read-reply.ts';
import { unlessGone } from './trouble.ts';

export type Author = { readonly login: string; readonly type: string };
export type Comment = {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  /** Absent when the account was deleted. */
  readonly author?: Author;
};

/** The conversation of one pull request. What is not there (404, 410) is undefined; everything else that goes wrong throws. */
export type CommentThread = {
  /** All of them, oldest first. */
  readonly list: () => Promise<readonly Comment[]>;
  readonly read: (id: number) => Promise<Comment | undefined>;
  /** Never sent twice of itself: after a broken connection nobody knows whether it was made. */
  readonly create: (body: string) => Promise<Comment>;
  readonly update: (id: number, body: string) => Promise<Comment | undefined>;
  readonly remove: (id: number) => Promise<void>;
  readonly presentHead: () => Promise<string>;
};

const commentReply = z.object({
  id: z.number(),
  html_url: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
});
const pullReply = z.object({ head: z.object({ sha: z.string() }) });

/** Opens the conversation of a pull request. */
export function openThread({ octokit }: GitHub, repository: Repository, pullRequest: number): CommentThread {
  const { issues, pulls } = octokit.rest;
  const at = { owner: repository.owner, repo: repository.name };
  return {
    list: async () => {
      const ask = (page: Page) => issues.listComments({ ...at, issue_number: pullRequest, ...page });
      return (await allPages(commentReply, ask)).map(toComment).sort((one, other) => one.id - other.id);
    },
    read: (id) => unlessGone(async () => toComment(readData(await issues.getComment({ ...at, comment_id: id })))),
    create: async (body) =>
      toComment(
        readData(await issues.createComment({ ...at, issue_number: pullRequest, body, request: { retries: 0 } })),
      ),
    update: (id, body) =>
      unlessGone(async () => toComment(readData(await issues.updateComment({ ...at, comment_id: id, body })))),
    remove: async (id) => {
      await unlessGone(() => issues.deleteComment({ ...at, comment_id: id }));
    },
    presentHead: async () => readReply(pullReply, (await pulls.get({ ...at, pull_number: pullRequest })).data).head.sha,
  };
}

function readData({ data }: { readonly data: unknown }): z.infer<typeof commentReply> {
  return readReply(commentReply, data);
}

function toComment({ id, html_url, body, user }: z.infer<typeof commentReply>): Comment {
  const author = user ? { author: { login: user.login, type: user.type } } : {};
  return { id, url: html_url, body: body ?? '', ...author };
}
