import { describe, expect, it } from '@jest/globals';
import { isReadOnlyActor, readRunEvent } from '../../../src/settings/action/run-event.ts';
import { runMode } from '../../../src/settings/action/run-mode.ts';
import { base, head, merge, pullRequest, runnerEnv } from './events.ts';
import { complaintOf } from './inputs.ts';

describe('readRunEvent', () => {
  it('reads what the runner says of the run', () => {
    const env = { ...runnerEnv('schedule'), GITHUB_SERVER_URL: 'https://git.acme.test/' };
    expect(
      readRunEvent({ ...env, GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/heads/main' }, {}),
    ).toEqual({
      name: 'schedule',
      repository: { owner: 'acme', name: 'shop' },
      serverUrl: 'https://git.acme.test',
      apiUrl: 'https://api.github.com',
      commit: merge,
      ref: 'refs/heads/main',
      workflow: 'CI',
      job: 'image',
      workflowRef: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
      run: { id: 42, attempt: 2 },
      actor: 'octocat',
    });
  });

  it('takes the addresses of github.com and the first attempt where the runner says nothing', () => {
    const { GITHUB_RUN_ATTEMPT: _, ...env } = runnerEnv('schedule');
    expect(readRunEvent({ ...env, GITHUB_API_URL: '' }, undefined)).toMatchObject({
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      run: { id: 42, attempt: 1 },
    });
  });

  it('reads the pull request', () => {
    expect(readRunEvent(runnerEnv('pull_request'), pullRequest()).pullRequest).toEqual({
      number: 7,
      headCommit: head,
      baseCommit: base,
      baseBranch: 'main',
      isFork: false,
    });
  });

  it.each([
    ['of another repository', { id: 2 }],
    ['of a repository that is gone', null],
  ])('takes a head %s for a fork', (_title, repo) => {
    expect(readRunEvent(runnerEnv('pull_request'), pullRequest(repo)).pullRequest?.isFork).toBe(true);
  });

  it('reads the base of a merge queue', () => {
    const payload = { merge_group: { base_sha: base, base_ref: 'refs/heads/release/1' } };
    expect(readRunEvent(runnerEnv('merge_group'), payload).mergeGroup).toEqual({
      baseCommit: base,
      baseBranch: 'release/1',
    });
  });

  it.each([
    ['a branch', 'refs/heads/feat/a', {}, 'feat/a'],
    ['a tag', 'refs/tags/v1', {}, undefined],
    ['a branch that is deleted', 'refs/heads/feat/a', { deleted: true }, undefined],
  ])('reads a push to %s', (_title, ref, payload, branch) => {
    expect(readRunEvent({ ...runnerEnv('push'), GITHUB_REF: ref }, payload).pushedBranch).toBe(branch);
  });

  it('reads no pull request from the payload of another event', () => {
    expect(readRunEvent(runnerEnv('issue_comment'), pullRequest())).not.toHaveProperty('pullRequest');
  });
});

const otherwise = 'Variables that begin with GITHUB_ are set by the runner: do not set them in the workflow.';
const notThePayload = 'The runner names the file in GITHUB_EVENT_PATH: do not set that variable in the workflow.';

describe('an event that cannot be read', () => {
  it.each([{ GITHUB_ACTIONS: '' }, { GITHUB_ACTIONS: 'false' }, { GITHUB_EVENT_NAME: '' }])(
    'is told outside of Actions: %j',
    (env) => {
      expect(complaintOf(() => readRunEvent({ ...runnerEnv('push'), ...env }, {}))).toBe(
        'This is the entry of the GitHub Action, and no workflow runs it.\nOutside of GitHub Actions use the command line: stagegate check.',
      );
    },
  );

  it.each([
    [{ GITHUB_SHA: '' }, 'The variable GITHUB_SHA is not set.'],
    [{ GITHUB_SHA: 'main' }, 'The variable GITHUB_SHA holds `main`, which no runner sets.'],
    [{ GITHUB_REPOSITORY: 'shop' }, 'The variable GITHUB_REPOSITORY holds `shop`, which no runner sets.'],
    [{ GITHUB_RUN_ID: '0x1' }, 'The variable GITHUB_RUN_ID holds `0x1`, which no runner sets.'],
    [{ GITHUB_API_URL: 'file:///etc' }, 'The variable GITHUB_API_URL holds `file:///etc`, which no runner sets.'],
  ])("is told where the runner's variables are wrong: %j", (env, message) => {
    expect(complaintOf(() => readRunEvent({ ...runnerEnv('push'), ...env }, {}))).toBe(`${message}\n${otherwise}`);
  });

  it.each([
    ['pull_request', undefined, 'it is no object'],
    ['pull_request', [], 'it is no object'],
    ['pull_request', {}, 'pull_request is missing or wrong'],
    ['pull_request', pullRequest({ id: '1' }), 'pull_request.head.repo.id is missing or wrong'],
    ['push', 'text', 'it is no object'],
    ['merge_group', { merge_group: { base_ref: 'main' } }, 'merge_group.base_sha is missing or wrong'],
    ['workflow_run', { repository: { id: 1 }, workflow_run: {} }, 'workflow_run.head_repository is missing or wrong'],
  ])('is told where the payload of %s is %j', (name, payload, why) => {
    expect(complaintOf(() => readRunEvent(runnerEnv(name), payload))).toBe(
      `The payload of the event ${name} is not one that GitHub sends: ${why}.\n${notThePayload}`,
    );
  });
});

describe('runMode', () => {
  const modeOf = (name: string, payload: unknown = {}, env = {}) =>
    runMode(readRunEvent({ ...runnerEnv(name), ...env }, payload)).kind;

  it('comments on pull requests, from forks too', () => {
    expect(modeOf('pull_request', pullRequest())).toBe('pull-request');
    expect(modeOf('pull_request', pullRequest(null))).toBe('pull-request');
  });

  it('records the baseline on a push to any branch', () => {
    expect(modeOf('push', { deleted: false })).toBe('record');
    expect(modeOf('push', {}, { GITHUB_REF: 'refs/heads/feature' })).toBe('record');
  });

  it.each([
    ['merge_group', { merge_group: { base_sha: base, base_ref: 'refs/heads/main' } }],
    ['schedule', {}],
    ['workflow_dispatch', {}],
    ['release', {}],
    ['issue_comment', pullRequest(null)],
    ['an_event_of_tomorrow', undefined],
    ['workflow_run', { repository: { id: 1 }, workflow_run: { head_repository: { id: 1 } } }],
  ])('only judges under %s', (name, payload) => {
    expect(modeOf(name, payload)).toBe('judge');
  });

  it('only judges a tag and a deleted branch', () => {
    expect(modeOf('push', {}, { GITHUB_REF: 'refs/tags/v1' })).toBe('judge');
    expect(modeOf('push', { deleted: true })).toBe('judge');
  });

  it.each([pullRequest(), pullRequest({ id: 2 }), undefined])('always refuses pull_request_target', (payload) => {
    expect(complaintOf(() => modeOf('pull_request_target', payload))).toBe(
      "Nothing is built under pull_request_target: a stranger's Dockerfile would run with a token that may write and with the repository's secrets in reach.\n" +
        'Use `on: pull_request`. For pull requests from forks it runs with a token that only reads, and the job summary has the report.',
    );
  });

  it.each([{ id: 2 }, null])('refuses a workflow_run that a fork caused: %j', (head_repository) => {
    const payload = { repository: { id: 1 }, workflow_run: { head_repository } };
    expect(complaintOf(() => modeOf('workflow_run', payload))).toContain(
      'Nothing is built under a workflow_run that another repository caused: ',
    );
  });
});

describe('isReadOnlyActor', () => {
  it('is true for Dependabot alone', () => {
    const event = readRunEvent(runnerEnv('push'), {});
    expect(isReadOnlyActor(event)).toBe(false);
    expect(isReadOnlyActor({ ...event, actor: 'dependabot[bot]' })).toBe(true);
  });
});
