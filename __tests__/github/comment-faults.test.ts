import { describe, expect, it } from '@jest/globals';
import { publishComment } from '../../src/github/publish-comment.ts';
import { addOwn, bodies, botGrant, client, gitHub, operations, order, token } from './setting.ts';

const pullRequestWrite = 'give the job `pull-requests: write` under `permissions:`';

describe('a refusal', () => {
  it('of a token that may only read names the permission', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, permissions: { 'pull-requests': 'read' } } } });
    expect(await publishComment(client(fake), order())).toEqual({
      kind: 'failed',
      status: 403,
      warning: `Could not comment on pull request 7: GitHub answered 403 (Resource not accessible by integration); ${pullRequestWrite}.`,
    });
    expect(operations(fake)).toEqual(['list-comments', 'create-comment']);
  });

  it('to update names the permission too', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, permissions: { 'pull-requests': 'read' } } } });
    addOwn(fake);
    expect(await publishComment(client(fake), order())).toMatchObject({ status: 403 });
  });

  it('of an unknown or empty token says so', async () => {
    const fake = await gitHub();
    for (const wrong of ['ghs_unknown', '']) {
      expect(await publishComment(client(fake, { token: wrong }), order())).toMatchObject({
        status: 401,
        warning: expect.stringContaining('`github-token` is missing, wrong or has expired'),
      });
    }
  });

  it('of a locked conversation says what to unlock', async () => {
    const fake = await gitHub({ pulls: [{ number: 7, head: 'b', base: 'c', locked: true }] });
    expect(await publishComment(client(fake), order())).toMatchObject({
      status: 403,
      warning: expect.stringContaining('unlock the conversation'),
    });
  });

  it('to see the pull request names permission and repository', async () => {
    const fake = await gitHub();
    expect(await publishComment(client(fake), order({ pullRequest: 8 }))).toMatchObject({
      status: 404,
      warning: expect.stringMatching(/answered 404 \(Not Found\).*`pull-requests: write`.*octo\/shop/),
    });
  });

  it.each([
    ['list-comments', 403, pullRequestWrite],
    ['list-comments', 404, 'access to octo/shop'],
    ['list-comments', 410, 'was deleted or is turned off'],
    ['create-comment', 403, pullRequestWrite],
    ['create-comment', 404, 'access to octo/shop'],
    ['create-comment', 410, 'was deleted or is turned off'],
    ['create-comment', 422, '`pull-requests: write`'],
  ])('of %s with %i is not tried again', async (operation, status, advice) => {
    const fake = await gitHub();
    fake.fail(`issues/${operation}`, { kind: 'status', status }, 9);
    const result = await publishComment(client(fake), order());
    expect(result).toMatchObject({ kind: 'failed', status, warning: expect.stringContaining(advice) });
    expect(operations(fake).filter((each) => each === operation)).toHaveLength(1);
  });
});

describe('a request that comes too fast', () => {
  const limited = { kind: 'status', status: 429, headers: { 'retry-after': '3' } } as const;

  it.each(['list-comments', 'create-comment'])('is sent again when GitHub says so: %s', async (operation) => {
    const fake = await gitHub();
    fake.fail(`issues/${operation}`, limited, 2);
    const started = Date.now();
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(2 * 3 * 10);
    expect(bodies(fake)).toHaveLength(1);
  });

  it('is sent again at most twice', async () => {
    const fake = await gitHub();
    fake.fail('issues/create-comment', limited, 9);
    expect(await publishComment(client(fake), order())).toMatchObject({
      status: 429,
      warning: expect.stringContaining('run the job again later'),
    });
    expect(operations(fake)).toEqual(['list-comments', 'create-comment', 'create-comment', 'create-comment']);
  });

  it('is not sent again when that takes more than a minute', async () => {
    const fake = await gitHub();
    fake.fail('issues/create-comment', { ...limited, headers: { 'retry-after': '61' } }, 9);
    expect(await publishComment(client(fake), order())).toMatchObject({ status: 429 });
    expect(operations(fake)).toEqual(['list-comments', 'create-comment']);
  });

  it('is known by a 403 for the secondary limit too', async () => {
    const fake = await gitHub();
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    fake.fail('issues/create-comment', { ...limited, status: 403, message });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
  });
});

describe('a GitHub in trouble', () => {
  const faults = [
    ['500', { kind: 'status', status: 500 }],
    ['502', { kind: 'status', status: 502 }],
    ['a broken connection', { kind: 'reset' }],
    ['a hang', { kind: 'hang' }],
    ['a hang in the middle of an answer', { kind: 'hang-in-body' }],
  ] as const;

  describe.each(faults)('with %s', (_title, fault) => {
    it.each(['issues/list-comments', 'issues/create-comment'])('is asked again: %s', async (operation) => {
      const fake = await gitHub();
      fake.fail(operation, fault);
      expect(await publishComment(client(fake, { timeoutMs: 150 }), order())).toMatchObject({ kind: 'created' });
      expect(bodies(fake)).toHaveLength(1);
    });

    it.each(['graphql', 'issues/get-comment', 'issues/update-comment', 'pulls/get'])(
      'is asked again: %s',
      async (operation) => {
        const fake = await gitHub();
        addOwn(fake);
        fake.fail(operation, fault);
        expect(await publishComment(client(fake, { timeoutMs: 150 }), order())).toMatchObject({ kind: 'updated' });
        expect(bodies(fake)).toHaveLength(1);
      },
    );

    it('is given up in the end, with a warning', async () => {
      const fake = await gitHub();
      fake.fail('issues/list-comments', fault, 9);
      const result = await publishComment(client(fake, { timeoutMs: 150 }), order());
      expect(result).toMatchObject({ kind: 'failed', warning: expect.stringContaining('githubstatus.com') });
      expect(operations(fake)).toHaveLength(3);
    });

    it('is given up in the end also when the comment cannot be made', async () => {
      const fake = await gitHub();
      fake.fail('issues/create-comment', fault, 9);
      const result = await publishComment(client(fake, { timeoutMs: 150 }), order());
      expect(result).toMatchObject({ kind: 'failed', warning: expect.stringContaining('githubstatus.com') });
      expect(operations(fake).filter((each) => each === 'create-comment')).toHaveLength(3);
    });
  });

  it('that loses the reply after the comment was made is not given a second one', async () => {
    const fake = await gitHub();
    fake.fail('issues/create-comment', { kind: 'lost' });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created', id: 1001 });
    expect(bodies(fake)).toHaveLength(1);
    expect(operations(fake).filter((each) => each === 'create-comment')).toHaveLength(1);
  });

  it('that loses every reply is not given a second one either', async () => {
    const fake = await gitHub();
    fake.fail('issues/create-comment', { kind: 'lost' }, 9);
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
    expect(bodies(fake)).toHaveLength(1);
  });

  it('that loses the reply to an update is updated', async () => {
    const fake = await gitHub();
    addOwn(fake);
    fake.fail('issues/update-comment', { kind: 'lost' });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated' });
  });

  it('that fails the look for duplicates has the comment all the same', async () => {
    const fake = await gitHub();
    fake.after('issues/create-comment', () => fake.fail('issues/list-comments', { kind: 'status', status: 500 }, 9));
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
  });
});

describe('something in between that is not GitHub', () => {
  it.each([
    ['a page', { kind: 'reply', body: '<html>Log in</html>', contentType: 'text/html' }],
    ['other JSON', { kind: 'reply', body: '[{"id":"no number"}]', contentType: 'application/json' }],
    ['half of an answer', { kind: 'reply', body: '[{"id":', contentType: 'application/json' }],
  ] as const)('is a warning, not an error: %s', async (_title, fault) => {
    const fake = await gitHub();
    fake.fail('issues/list-comments', fault, 9);
    expect(await publishComment(client(fake), order())).toEqual({
      kind: 'failed',
      warning: expect.stringContaining('not what GitHub describes'),
    });
  });

  it('is a warning when nobody is there at all', async () => {
    const fake = await gitHub();
    await fake.close();
    expect(await publishComment(client(fake), order())).toEqual({
      kind: 'failed',
      warning: expect.stringMatching(/GitHub gave no answer \(.*ECONNREFUSED.*\); check the runner's network/),
    });
  });
});

describe('the token', () => {
  it('stands in no warning and no line of the log, even when GitHub repeats it', async () => {
    const fake = await gitHub();
    const log: string[] = [];
    const github = client(fake, { isPaced: true, log: (line) => log.push(line) });
    const message = `You have exceeded a secondary rate limit, ${token}`;
    fake.fail('issues/list-comments', { kind: 'status', status: 403, message, headers: { 'retry-after': '99' } }, 9);
    const result = await publishComment(github, order());
    expect(result).toMatchObject({ kind: 'failed', warning: expect.stringContaining('***') });
    expect(log).toEqual([expect.stringContaining('limits the rate')]);
    expect(JSON.stringify([result, log])).not.toContain(token);
  });

  it('stands there not even in part where a long message is cut', async () => {
    const fake = await gitHub();
    const message = `${'x'.repeat(190)}${token}`;
    fake.fail('issues/list-comments', { kind: 'status', status: 403, message });
    expect(JSON.stringify(await publishComment(client(fake), order()))).not.toContain(token.slice(0, 5));
  });
});

describe('a bug', () => {
  it('is thrown, not explained', async () => {
    const fake = await gitHub();
    addOwn(fake);
    const broken = { ...client(fake), wait: () => Promise.reject(new Error('a bug')) };
    await expect(publishComment(broken, order())).rejects.toThrow('a bug');
  });
});
