import { describe, expect, it } from '@jest/globals';
import { publishComment } from '../../src/github/publish-comment.ts';
import { addOwn, client, gitHub, order } from './setting.ts';

describe('the client', () => {
  it('keeps a second between its writes, as GitHub asks', async () => {
    const fake = await gitHub();
    addOwn(fake);
    const started = Date.now();
    expect(await publishComment(client(fake, { isPaced: true }), order())).toMatchObject({ kind: 'updated' });
    expect(Date.now() - started).toBeGreaterThanOrEqual(950);
  });

  it('keeps going when it is paced and a question to GraphQL breaks off', async () => {
    const fake = await gitHub();
    addOwn(fake);
    fake.fail('graphql', { kind: 'reset' }, 9);
    expect(await publishComment(client(fake, { isPaced: true }), order())).toMatchObject({ kind: 'updated' });
  });

  it('takes an address with a slash at the end', async () => {
    const fake = await gitHub();
    expect(await publishComment(client(fake, { apiUrl: `${fake.url}/` }), order())).toMatchObject({ kind: 'created' });
  });

  it('says nothing to the console', async () => {
    const fake = await gitHub();
    const lines: unknown[] = [];
    const { warn, error } = console;
    Object.assign(console, { warn: (line: unknown) => lines.push(line), error: (line: unknown) => lines.push(line) });
    try {
      fake.fail('issues/list-comments', { kind: 'status', status: 500 }, 9);
      await publishComment(client(fake), order());
    } finally {
      Object.assign(console, { warn, error });
    }
    expect(lines).toEqual([]);
  });
});
