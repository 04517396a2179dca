import { describe, expect, it } from '@jest/globals';
import { pushRuns } from '../../src/github/push-runs.ts';
import type { Run } from '../support/github/github-state.ts';
import { botGrant, client, gitHub, repository, token } from './setting.ts';

const request = { repository, branch: 'main', workflowPath: '.github/workflows/image.yml' };
const sound: Run = { id: 5, branch: 'main', commit: 'a'.repeat(40) };

describe('the runs for pushes to a branch', () => {
  it('are those of the workflow that ended well, newest first', async () => {
    const older = { ...sound, id: 4, commit: 'b'.repeat(40), path: '.github/workflows/image.yml@main' };
    const fake = await gitHub({ runs: [sound, older] });
    expect(await pushRuns(client(fake), request)).toEqual({
      value: [
        { id: 5, commit: sound.commit },
        { id: 4, commit: older.commit },
      ],
    });
    expect(fake.log[0]?.path).toContain('/workflows/image.yml/runs?branch=main&event=push&status=success&per_page=30');
  });

  it.each<[string, Partial<Run>]>([
    ['a pull request', { event: 'pull_request' }],
    ['a fork whose branch has the same name', { isForeign: true }],
    ['another branch', { branch: 'change' }],
    ['another workflow', { path: '.github/other/image.yml' }],
    ['a run that failed', { conclusion: 'failure' }],
  ])('are not those of %s, whatever GitHub lists', async (_, change) => {
    const fake = await gitHub({
      runs: [
        { ...sound, ...change },
        { ...sound, id: 6 },
      ],
      filtersRuns: false,
    });
    expect(await pushRuns(client(fake), request)).toEqual({ value: [{ id: 6, commit: sound.commit }] });
  });

  it('are a warning that names the permission where they cannot be read', async () => {
    const fake = await gitHub({ tokens: { [token]: { ...botGrant, permissions: {} } } });
    expect(await pushRuns(client(fake), request)).toEqual({
      warning: expect.stringMatching(/^Could not list the runs for pushes to main: .*`actions: read`/),
    });
  });

  it('are a warning when the answer is none of GitHub', async () => {
    const fake = await gitHub();
    const fault = { kind: 'reply', body: '{"total_count":0}', contentType: 'application/json' } as const;
    fake.fail('actions/list-workflow-runs', fault);
    expect(await pushRuns(client(fake), request)).toHaveProperty('warning');
  });
});
