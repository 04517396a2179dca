import { describe, expect, it } from '@jest/globals';
import { cacheEntries } from '../../src/github/cache-entries.ts';
import { botGrant, client, gitHub, repository, token } from './setting.ts';

describe('the entries of the Actions cache', () => {
  it('are those whose key starts so, over all pages, in every scope', async () => {
    const caches = Array.from({ length: 130 }, (_, index) => ({ ref: `refs/pull/${index}/merge`, key: 'ours-1-x' }));
    const fake = await gitHub({ caches: [{ ref: 'refs/heads/main', key: 'theirs' }, ...caches] });
    const result = await cacheEntries(client(fake), { repository, key: 'ours-1' });
    expect(result).toEqual({ entries: caches });
  });

  it('are a warning that names the permission where they cannot be read', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, permissions: {} } } });
    expect(await cacheEntries(client(fake), { repository, key: 'ours' })).toEqual({
      warning: expect.stringMatching(/^Could not list the entries of the Actions cache: .*`actions: read`/),
    });
  });

  it('are a warning when the answer is none of GitHub', async () => {
    const fake = await gitHub();
    const fault = { kind: 'reply', body: '{"total_count":1}', contentType: 'application/json' } as const;
    fake.fail('actions/get-actions-cache-list', fault);
    expect(await cacheEntries(client(fake), { repository, key: 'ours' })).toHaveProperty('warning');
  });
});
