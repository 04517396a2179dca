import { describe, expect, it } from '@jest/globals';
import { changedFiles } from '../../src/github/changed-files.ts';
import { botGrant, client, gitHub, heads, repository, token } from './setting.ts';

describe('the changed files of a pull request', () => {
  it('are all of them, with the former names and the patches', async () => {
    const renamed = { path: 'b.yml', previousPath: 'a.yml', status: 'renamed' as const };
    const many = Array.from({ length: 150 }, (_, index) => ({ path: `src/${index}`, status: 'added' as const }));
    const files = [{ path: 'Dockerfile', status: 'modified' as const, patch: '@@ -1 +1 @@' }, renamed, ...many];
    const fake = await gitHub({ pulls: [{ number: 7, head: heads.present, base: heads.older, files }] });
    const result = await changedFiles(client(fake), { repository, pullRequest: 7 });
    expect(result).toEqual({ files, isComplete: true });
  });

  it('are a warning that names the permission where they cannot be read', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, permissions: {} } } });
    expect(await changedFiles(client(fake), { repository, pullRequest: 7 })).toEqual({
      warning: expect.stringMatching(/^Could not list the files of pull request 7: .*403.*`pull-requests: read`/),
    });
  });
});
