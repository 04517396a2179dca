import { describe, expect, it } from '@jest/globals';
import { publishComment } from '../../src/github/publish-comment.ts';
import { addOwn, bodies, client, commentBody, gitHub, heads, operations, order } from './setting.ts';

const older = order({ run: { id: 199, attempt: 1 }, headCommit: heads.older, bodies: ['From 199.'] });
const newer = order({ run: { id: 200, attempt: 1 }, bodies: ['From 200.'] });
const newerBody = commentBody({ run: '200.1', head: heads.present, text: 'From 200.' });

describe('an older run that finishes later', () => {
  it.each([
    ['of an earlier id', '201.1'],
    ['of an earlier attempt', '200.2'],
  ])('writes nothing: %s', async (_title, run) => {
    const fake = await gitHub();
    const standing = addOwn(fake, commentBody({ run, head: heads.present }));
    const result = await publishComment(client(fake), order());
    expect(result).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('newer') });
    expect(bodies(fake)).toEqual([standing.body]);
  });

  it('writes nothing over a comment on the commit that the pull request has now', async () => {
    const fake = await gitHub();
    const standing = addOwn(fake, commentBody({ run: '150.1', head: heads.present }));
    const result = await publishComment(client(fake), older);
    expect(result).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('newest commit') });
    expect(bodies(fake)).toEqual([standing.body]);
  });

  it('writes where the standing comment is on an older commit still', async () => {
    const fake = await gitHub();
    addOwn(fake, commentBody({ run: '150.1', head: 'd'.repeat(40) }));
    expect(await publishComment(client(fake), older)).toMatchObject({ kind: 'updated' });
  });

  it('goes by the runs alone when the pull request cannot be read', async () => {
    const fake = await gitHub();
    addOwn(fake, commentBody({ run: '150.1', head: heads.present }));
    fake.fail('pulls/get', { kind: 'status', status: 404 });
    expect(await publishComment(client(fake), older)).toMatchObject({ kind: 'updated' });
  });

  it('sees a comment written since it read the list', async () => {
    const fake = await gitHub();
    const comment = addOwn(fake);
    fake.before('issues/get-comment', () => {
      comment.body = newerBody;
    });
    expect(await publishComment(client(fake), older)).toMatchObject({ kind: 'skipped' });
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it('is corrected by the newer one when it writes at the last moment', async () => {
    const fake = await gitHub();
    const comment = addOwn(fake);
    fake.after('issues/update-comment', () => {
      comment.body = commentBody({ run: '199.1', text: 'From 199.' });
    });
    expect(await publishComment(client(fake), newer)).toMatchObject({ kind: 'updated' });
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it('deletes nothing and makes nothing where the newer comment has gone', async () => {
    const fake = await gitHub();
    expect(await publishComment(client(fake), older)).toMatchObject({ kind: 'created' });
    expect(bodies(fake)).toHaveLength(1);
  });
});

describe('two runs that both find no comment', () => {
  it.each([
    ['the older', older, newer],
    ['the newer', newer, older],
  ])('end with one comment, from the newer: %s is first', async (_title, first, second) => {
    const fake = await gitHub();
    let release = () => {};
    const bothListed = new Promise<void>((resolve) => {
      release = resolve;
    });
    fake.before('issues/create-comment', () => bothListed);
    const one = publishComment(client(fake), first);
    fake.before('issues/create-comment', release);
    const two = publishComment(client(fake), second);
    await Promise.all([one, two]);
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it.each([
    ['older', older, newer],
    ['newer', newer, older],
  ])('end with one comment when a whole run takes place while the %s makes its own', async (_title, outer, inner) => {
    const fake = await gitHub();
    fake.before('issues/create-comment', async () => {
      expect(await publishComment(client(fake), inner)).toMatchObject({ kind: 'created' });
    });
    const result = await publishComment(client(fake), outer);
    expect(result.kind).toBe(outer === newer ? 'updated' : 'skipped');
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it('end with one comment when the other one is deleted before it looks', async () => {
    const fake = await gitHub();
    fake.after('issues/create-comment', async () => {
      expect(await publishComment(client(fake), newer)).toMatchObject({ kind: 'updated' });
    });
    fake.before('issues/create-comment', () => void addOwn(fake, commentBody({ run: '198.1' })));
    expect(await publishComment(client(fake), older)).toMatchObject({ kind: 'skipped' });
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it('end with one comment however their requests fall', async () => {
    for (let round = 0; round < 10; round += 1) {
      const fake = await gitHub();
      const runs = [198, 199, 200].map((id) => order({ run: { id, attempt: 1 }, bodies: [`From ${id}.`] }));
      await Promise.all(runs.map((run) => publishComment(client(fake), run)));
      expect(bodies(fake)).toEqual([newerBody]);
    }
  });
});

describe('duplicates of an earlier race', () => {
  it('are removed, and the oldest is brought up to date', async () => {
    const fake = await gitHub();
    const { id } = addOwn(fake);
    addOwn(fake, commentBody({ run: '101.1' }));
    addOwn(fake, commentBody({ run: '99.1' }));
    expect(await publishComment(client(fake), newer)).toMatchObject({ kind: 'updated', id });
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it('are folded into the oldest also by a run that may not write its own', async () => {
    const fake = await gitHub();
    addOwn(fake);
    addOwn(fake, newerBody);
    expect(await publishComment(client(fake), older)).toMatchObject({ kind: 'skipped' });
    expect(bodies(fake)).toEqual([newerBody]);
  });

  it('stay for the next run when GitHub does not let us delete', async () => {
    const fake = await gitHub();
    addOwn(fake);
    addOwn(fake);
    fake.fail('issues/delete-comment', { kind: 'status', status: 403 });
    expect(await publishComment(client(fake), newer)).toMatchObject({ kind: 'updated' });
    expect(bodies(fake)).toHaveLength(2);
  });

  it('of a stranger stay', async () => {
    const fake = await gitHub();
    addOwn(fake);
    fake.state.addComment({ pull: 7, author: { login: 'mallory', type: 'User' }, body: commentBody() });
    await publishComment(client(fake), newer);
    expect(operations(fake)).not.toContain('delete-comment');
  });
});
