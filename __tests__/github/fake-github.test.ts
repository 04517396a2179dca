import { afterEach, describe, expect, it } from '@jest/globals';
import { type FakeGitHub, startFakeGitHub } from '../support/github/fake-github.ts';
import { botGrant, heads, token } from './setting.ts';

const open: FakeGitHub[] = [];
const comments = '/repos/octo/shop/issues/7/comments';

afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

async function start(permissions = botGrant.permissions): Promise<FakeGitHub> {
  const pulls = [{ number: 7, head: heads.present, base: 'c'.repeat(40) }];
  const fake = await startFakeGitHub({ tokens: { [token]: { ...botGrant, permissions } }, pulls });
  open.push(fake);
  return fake;
}

function ask(fake: FakeGitHub, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `token ${token}`, 'user-agent': 'test', ...init.headers };
  return fetch(fake.url + path, { ...init, headers });
}

function post(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

describe('the fake GitHub', () => {
  it.each<[string, string, RequestInit, RegExp]>([
    ['an unknown path', '/repos/octo/shop/branches', {}, /branches is not in the description/],
    ['an unknown method', comments, { method: 'PUT' }, /is not in the description/],
    ['an unknown query parameter', `${comments}?size=3`, {}, /unknown query parameter size/],
    ['a wrong query parameter', `${comments}?per_page=many`, {}, /per_page must be integer/],
    ['a wrong path', '/repos/octo/shop/issues/seven/comments', {}, /issue_number must be integer/],
    ['a body without its text', comments, post({}), /required property 'body'/],
    ['a body of the wrong type', comments, post({ body: 7 }), /body\/body must be string/],
    ['an unknown property', comments, post({ body: '', text: '' }), /additional properties/],
    ['a media type', comments, { headers: { accept: 'text/html' } }, /accept is text\/html/],
    ['another version', comments, { headers: { 'x-github-api-version': '2099-01-01' } }, /2099-01-01/],
  ])('takes %s for a violation', async (_title, path, init, violation) => {
    const fake = await start();
    expect((await ask(fake, path, init)).status).toBe(599);
    expect(fake.violations).toEqual([expect.stringMatching(violation)]);
    expect(() => fake.assertClean()).toThrow(violation);
  });

  it('takes an answer of its own outside the description for a violation', async () => {
    const fake = await start();
    fake.fail('issues/list-comments', { kind: 'status', status: 418 });
    expect((await ask(fake, comments)).status).toBe(599);
    expect(fake.violations).toEqual([expect.stringContaining('418 is not described')]);
  });

  it('takes a field outside the schema of GraphQL for a violation', async () => {
    const fake = await start();
    await ask(fake, '/graphql', post({ query: '{ viewer { nickname } }' }));
    expect(fake.violations).toEqual([expect.stringContaining('nickname')]);
  });

  it('answers every operation within the description', async () => {
    const fake = await start();
    fake.state.addComment({ pull: 7, body: 'text' });
    const one = '/repos/octo/shop/issues/comments/1001';
    for (const path of [comments, one, '/repos/octo/shop/pulls/7', '/repos/octo/shop/pulls/7/files']) {
      expect([path, (await ask(fake, path)).status]).toEqual([path, 200]);
    }
    expect((await ask(fake, '/repos/octo/shop/actions/caches')).status).toBe(200);
    expect((await ask(fake, one, { ...post({ body: 'new' }), method: 'PATCH' })).status).toBe(200);
    expect((await ask(fake, one, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(fake, one)).status).toBe(404);
    expect(await (await ask(fake, '/graphql', post({ query: '{ viewer { login } }' }))).json()).toEqual({
      data: { viewer: { login: 'github-actions[bot]' } },
    });
    fake.assertClean();
  });

  it('links the pages to itself, and lists by ascending id', async () => {
    const fake = await start();
    for (let count = 0; count < 5; count += 1) fake.state.addComment({ pull: 7, body: String(count) });
    const page = await ask(fake, `${comments}?per_page=2&page=2`);
    expect(await page.json()).toMatchObject([{ id: 1003 }, { id: 1004 }]);
    expect(page.headers.get('link')).toContain(`<${fake.url}${comments}?per_page=2&page=3>; rel="next"`);
    const last = await ask(fake, `${comments}?per_page=2&page=3`);
    expect(last.headers.get('link')).not.toContain('rel="next"');
  });

  it('gives a token only what it may do', async () => {
    const fake = await start({ 'pull-requests': 'read' });
    expect((await ask(fake, comments)).status).toBe(200);
    const refused = await ask(fake, comments, post({ body: 'text' }));
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { message: 'Resource not accessible by integration' },
    ]);
    expect((await ask(fake, '/repos/octo/shop/actions/caches')).status).toBe(403);
    expect((await ask(fake, '/repos/octo/other/pulls/7')).status).toBe(404);
    expect((await ask(fake, comments, { headers: { authorization: 'token other' } })).status).toBe(401);
    fake.assertClean();
  });

  it('holds the limit of a comment in bytes', async () => {
    const fake = await start();
    expect((await ask(fake, comments, post({ body: 'é'.repeat(131_072) }))).status).toBe(201);
    expect((await ask(fake, comments, post({ body: `${'é'.repeat(131_072)}.` }))).status).toBe(422);
    fake.assertClean();
  });

  it('logs what was asked, without the token', async () => {
    const fake = await start();
    await ask(fake, comments);
    expect(fake.log).toMatchObject([{ operation: 'issues/list-comments', method: 'GET', path: comments, status: 200 }]);
    expect(JSON.stringify(fake.log)).not.toContain(token);
  });
});
