import { describe, expect, it } from '@jest/globals';
import { publishComment } from '../../src/github/publish-comment.ts';
import { addOwn, bodies, botGrant, client, commentBody, gitHub, heads, operations, order, token } from './setting.ts';

describe('the first comment of a pull request', () => {
  it('begins with the marker, then the state, then the text', async () => {
    const fake = await gitHub();
    const result = await publishComment(client(fake), order());
    expect(result).toEqual({
      kind: 'created',
      id: 1001,
      url: 'https://github.example/octo/shop/pull/7#issuecomment-1001',
    });
    expect(bodies(fake)).toEqual([commentBody({ run: '200.1', head: heads.present, text: 'All is well.' })]);
    expect(operations(fake)).toEqual(['list-comments', 'create-comment', 'list-comments']);
  });

  it('is not made when only an existing one is to be brought up to date', async () => {
    const fake = await gitHub();
    const result = await publishComment(client(fake), order({ updateOnly: true }));
    expect(result).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('no comment yet') });
    expect(bodies(fake)).toEqual([]);
  });

  it('asks for the version of the API that it was written for', async () => {
    const fake = await gitHub();
    await publishComment(client(fake), order());
    expect(new Set(fake.log.map(({ headers }) => headers['x-github-api-version']))).toEqual(new Set(['2022-11-28']));
  });
});

describe('an existing comment', () => {
  it('is brought up to date in place', async () => {
    const fake = await gitHub();
    const { id } = addOwn(fake);
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated', id });
    expect(bodies(fake)).toEqual([commentBody({ run: '200.1', head: heads.present, text: 'All is well.' })]);
  });

  it('is brought up to date also when none would be made', async () => {
    const fake = await gitHub();
    addOwn(fake);
    expect(await publishComment(client(fake), order({ updateOnly: true }))).toMatchObject({ kind: 'updated' });
  });

  it('is left alone when nothing but the state line would change', async () => {
    const fake = await gitHub();
    const { id } = addOwn(fake, commentBody({ text: 'All is well.' }));
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'unchanged', id });
    expect(operations(fake)).not.toContain('update-comment');
  });

  it('counts as the same after an editor changed its line ends', async () => {
    const fake = await gitHub();
    addOwn(fake, commentBody({ text: 'One.\nTwo.\n' }).replaceAll('\n', '\r\n'));
    const same = order({ bodies: ['One.\nTwo.'] });
    expect(await publishComment(client(fake), same)).toMatchObject({ kind: 'unchanged' });
  });

  it('without a state line is older than any run', async () => {
    const fake = await gitHub();
    addOwn(fake, '<!-- stagegate:comment v1 key=image -->\nSomebody edited this.');
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated' });
  });

  it('of another key stays as it is', async () => {
    const fake = await gitHub();
    const other = addOwn(fake, commentBody({ key: 'image-two' }));
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
    expect(bodies(fake)[0]).toBe(other.body);
  });

  it('is found behind more than two hundred others', async () => {
    const fake = await gitHub();
    for (let count = 0; count < 205; count += 1) fake.state.addComment({ pull: 7, body: `Comment ${count}` });
    const { id } = addOwn(fake);
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated', id });
    expect(operations(fake).filter((each) => each === 'list-comments')).toHaveLength(3);
  });

  it('is made again when it was deleted since the list was read', async () => {
    const fake = await gitHub();
    const { id } = addOwn(fake);
    fake.after('issues/list-comments', () => void fake.state.removeComment(id));
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created', id: id + 1 });
    expect(bodies(fake)).toHaveLength(1);
  });

  it.each([404, 410])('is made again, once, when the update is answered %i', async (status) => {
    const fake = await gitHub();
    const { id } = addOwn(fake);
    fake.before('issues/update-comment', () => void fake.state.removeComment(id));
    fake.fail('issues/update-comment', { kind: 'status', status });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created', id: id + 1 });
    expect(bodies(fake)).toHaveLength(1);
  });

  it('is not made again when it was deleted and none was to be made', async () => {
    const fake = await gitHub();
    const { id } = addOwn(fake);
    fake.before('issues/update-comment', () => void fake.state.removeComment(id));
    expect(await publishComment(client(fake), order({ updateOnly: true }))).toMatchObject({ kind: 'skipped' });
  });
});

describe('a stranger with our marker', () => {
  it('keeps the comment, and ours is made beside it', async () => {
    const fake = await gitHub();
    const body = commentBody();
    fake.state.addComment({ pull: 7, author: { login: 'mallory', type: 'User' }, body });
    fake.state.addComment({ pull: 7, author: { login: 'github-actions', type: 'User' }, body });
    fake.state.addComment({ pull: 7, author: { login: 'other[bot]', type: 'Bot' }, body });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
    expect(bodies(fake)).toHaveLength(4);
    expect(bodies(fake).slice(0, 3)).toEqual([body, body, body]);
  });

  it('is nobody who only quotes it further down', async () => {
    const fake = await gitHub();
    addOwn(fake, `> quoted\n${commentBody()}`);
    addOwn(fake, ` ${commentBody()}`);
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'created' });
  });
});

describe('who we are', () => {
  it.each(['github-actions[bot]', 'github-actions'])(
    'is the workflow when GraphQL calls the viewer %s',
    async (viewer) => {
      const fake = await gitHub({ tokens: { [token]: { ...botGrant, viewer } } });
      addOwn(fake);
      expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated' });
    },
  );

  it('is taken for the workflow when GraphQL gives no answer', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, viewer: null } } });
    const body = commentBody();
    fake.state.addComment({ pull: 7, author: { login: 'github-actions[bot]', type: 'User' }, body });
    const { id } = addOwn(fake);
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated', id });
    expect(bodies(fake)[0]).toBe(body);
  });

  it('is the user of a personal access token', async () => {
    const alice = { login: 'alice', type: 'User' } as const;
    const fake = await gitHub({ tokens: { [token]: { ...alice, permissions: { 'pull-requests': 'write' } } } });
    const bots = addOwn(fake);
    const { id } = fake.state.addComment({ pull: 7, author: alice, body: commentBody() });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated', id });
    expect(bodies(fake)[0]).toBe(bots.body);
  });

  it('is learnt from our new comment at the latest, and the older one is kept', async () => {
    const alice = { login: 'alice', type: 'User' } as const;
    const grant = { ...alice, viewer: null, permissions: { 'pull-requests': 'write' } } as const;
    const fake = await gitHub({ tokens: { [token]: grant } });
    const { id } = fake.state.addComment({ pull: 7, author: alice, body: commentBody() });
    expect(await publishComment(client(fake), order())).toMatchObject({ kind: 'updated', id });
    expect(bodies(fake)).toEqual([commentBody({ run: '200.1', head: heads.present, text: 'All is well.' })]);
  });
});

describe('a body that GitHub finds too long', () => {
  it('makes way for the next smaller one', async () => {
    const fake = await gitHub({ bodyLimitBytes: 300 });
    const bodiesOf = ['x'.repeat(500), 'y'.repeat(300), 'Short.'] as const;
    expect(await publishComment(client(fake), order({ bodies: bodiesOf }))).toMatchObject({ kind: 'created' });
    expect(bodies(fake)[0]).toMatch(/\nShort\.$/);
    expect(await publishComment(client(fake), order({ bodies: bodiesOf }))).toMatchObject({ kind: 'unchanged' });
    const shorter = ['x'.repeat(500), 'Shorter.'] as const;
    expect(await publishComment(client(fake), order({ bodies: shorter }))).toMatchObject({ kind: 'updated' });
  });

  it('is a warning when it is the smallest', async () => {
    const fake = await gitHub({ bodyLimitBytes: 100 });
    expect(await publishComment(client(fake), order({ bodies: ['x'.repeat(500)] }))).toEqual({
      kind: 'failed',
      status: 422,
      warning:
        'Could not comment on pull request 7: GitHub answered 422 (Validation Failed: Body is too long (maximum is 65536 characters)); not even the shortest form of it fits.',
    });
  });
});
