import { afterEach } from '@jest/globals';
import { type ConnectOptions, connect, type GitHub } from '../../src/github/connect.ts';
import type { CommentOrder } from '../../src/github/publish-comment.ts';
import { type FakeGitHub, type FakeOptions, startFakeGitHub } from '../support/github/fake-github.ts';
import { actionsBot, type Comment, type Grant } from '../support/github/github-state.ts';

export const heads = { older: 'a'.repeat(40), present: 'b'.repeat(40) };
export const token = 'ghs_0123456789abcdefghijABCDEFGHIJ';
export const botGrant: Grant = { ...actionsBot, permissions: { 'pull-requests': 'write', actions: 'read' } };
export const repository = { owner: 'octo', name: 'shop' };

const open: FakeGitHub[] = [];

afterEach(async () => {
  for (const fake of open.splice(0)) {
    await fake.close();
    fake.assertClean();
  }
});

/** A GitHub with pull request 7 and the workflow's own token; closed and held to the description after the test. */
export async function gitHub(options: Partial<FakeOptions> = {}): Promise<FakeGitHub> {
  const pulls = [{ number: 7, head: heads.present, base: 'c'.repeat(40) }];
  const fake = await startFakeGitHub({ repository, tokens: { [token]: botGrant }, pulls, ...options });
  open.push(fake);
  return fake;
}

/** A client in a hurry: a second of waiting lasts 10 ms. */
export function client(fake: FakeGitHub, options: Partial<ConnectOptions> = {}): GitHub {
  return connect({ token, apiUrl: fake.url, timeoutMs: 5000, retryDelayMs: 10, isPaced: false, ...options });
}

export function order(overrides: Partial<CommentOrder> = {}): CommentOrder {
  return {
    repository,
    pullRequest: 7,
    key: 'image',
    bodies: ['All is well.'],
    run: { id: 200, attempt: 1 },
    headCommit: heads.present,
    updateOnly: false,
    ...overrides,
  };
}

/** The body of a comment as a run leaves it. */
export function commentBody({ key = 'image', run = '100.1', head = heads.older, text = 'Old text.' } = {}): string {
  return `<!-- stagegate:comment v1 key=${key} -->\n<!-- stagegate:state run=${run} head=${head} -->\n\n${text}`;
}

export function bodies(fake: FakeGitHub): readonly string[] {
  return fake.state.commentsOf(7).map(({ body }) => body);
}

export function addOwn(fake: FakeGitHub, body = commentBody()): Comment {
  return fake.state.addComment({ pull: 7, body });
}

/** The operations that were asked for, in order. */
export function operations(fake: FakeGitHub): readonly string[] {
  return fake.log.map(({ operation }) => operation.replace(/^\w+\//, ''));
}
