import { readdirSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { reportSchema } from '../../src/report/report.ts';
import { type RanStep, runStep } from '../support/action-step.ts';
import { ActionsCacheServer } from '../support/actions-cache-server.ts';
import type { EngineKind } from '../support/engine.ts';
import { commits, pullRequestPayload, pushPayload } from '../support/events.ts';
import { type FakeGitHub, startFakeGitHub } from '../support/github/fake-github.ts';
import { actionsBot } from '../support/github/github-state.ts';
import { withProject } from '../support/project.ts';
import { type SampleChange, sampleApp } from '../support/sample-app.ts';

const token = 'ghs_TheTokenOfThisRun';
const readOnly = 'ghs_TheTokenOfAFork';
const marker = '<!-- stagegate:comment v1 key=';
let github: FakeGitHub;
let cache: ActionsCacheServer;

beforeAll(async () => {
  cache = new ActionsCacheServer();
  await cache.start();
});

beforeEach(async () => {
  cache.fault = undefined;
  cache.entries.length = 0;
  github = await startFakeGitHub({
    repository: { owner: 'octo', name: 'app' },
    tokens: {
      [token]: { ...actionsBot, permissions: { 'pull-requests': 'write', actions: 'read', contents: 'read' } },
      [readOnly]: { ...actionsBot, permissions: { 'pull-requests': 'read', contents: 'read' } },
    },
    pulls: [{ number: 7, head: commits.head, base: 'main' }],
  });
});

afterEach(() => github.close());
afterAll(() => cache.stop());

type Run = {
  readonly change?: SampleChange;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly engine?: EngineKind;
  readonly env?: Readonly<Record<string, string>>;
  readonly runId?: number;
  readonly payload?: unknown;
  readonly event?: string;
  readonly links?: Readonly<Record<string, string>>;
};

/** A build cache of the image's own: that of the workflow is proved with a real workflow runner. */
const common = {
  'cache-to': 'type=inline',
  'test-target': 'test',
  target: 'final',
  'github-token': token,
  comment: 'always',
};

function step(event: string, payload: unknown, run: Run): Promise<RanStep> {
  const { change, inputs = {}, engine = 'containerd', env = {}, runId = 100, links = {} } = run;
  const isPush = event === 'push';
  return withProject({ ...sampleApp(change), '.git/HEAD': 'ref: refs/heads/main\n' }, async (workspace) => {
    for (const [name, target] of Object.entries(links)) await symlink(target, join(workspace, name));
    return runStep({
      engine,
      workspace,
      event: run.event ?? event,
      payload: run.payload ?? payload,
      inputs: { ...common, image: '', context: '.', ...inputs },
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_SHA: isPush ? commits.base : commits.merge,
        GITHUB_REF: isPush ? 'refs/heads/main' : 'refs/pull/7/merge',
        GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/image.yml@refs/pull/7/merge',
        GITHUB_RUN_ID: String(runId),
        ...cache.environment({ scopes: isPush ? ['refs/heads/main'] : ['refs/pull/7/merge', 'refs/heads/main'] }),
        ...env,
      },
    });
  });
}

const pull = (run: Run = {}) => step('pull_request', pullRequestPayload(), run);
const push = (run: Run = {}) => step('push', pushPayload(), run);
const commentBody = () => github.state.commentsOf(7).map(({ body }) => body);
const named = (ran: RanStep, name: string) => ran.commands.filter((command) => command.name === name);

describe('a push to the base branch', () => {
  it('records the baseline that a pull request is compared with', async () => {
    const recorded = await push({ inputs: { 'cache-to': '' } });
    expect(recorded).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
    expect(github.state.comments).toEqual([]);
    github.state.caches.push(...cache.list(''));

    const { exitCode, outputs, summary } = await pull({ change: { ballast: 501_000 }, inputs: { 'cache-to': '' } });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ verdict: 'pass', 'size-delta': '500000', 'baseline-commit': commits.base });
    expect(commentBody()).toEqual([expect.stringContaining('+500.0 kB')]);
    expect(commentBody()[0]).toContain('the base commit');
    // The token of the fake service is none that BuildKit takes.
    expect(commentBody()[0]).toContain("Built without the workflow's build cache");
    expect(summary).toContain('+500.0 kB');
    github.assertClean();
  }, 120_000);
});

describe('a pull request', () => {
  it('has one comment, which the next push brings up to date', async () => {
    const first = await pull();
    expect(commentBody()).toHaveLength(1);
    const second = await pull({ runId: 101, change: { user: 'root' } });
    expect(commentBody()).toHaveLength(1);
    expect(second.outputs['comment-id']).toBe(first.outputs['comment-id']);
    expect(commentBody()[0]).toContain('❌ Fail');
    expect([first.exitCode, second.exitCode]).toEqual([0, 1]);
    github.assertClean();
  }, 120_000);

  it('sets every output, before the step fails', async () => {
    const { outputs, report } = await pull({ inputs: { 'max-size': '100B' } });
    const platform = reportSchema.parse(report).images[0]?.platforms[0];
    if (platform === undefined || !('size' in platform)) throw new Error('nothing was weighed');
    expect(outputs).toMatchObject({
      verdict: 'fail',
      'unpacked-size': String(platform.size.unpackedBytes),
      'download-size': String(platform.size.downloadBytes),
      'size-delta': '',
      'baseline-commit': '',
      'comment-id': String(github.state.comments[0]?.id),
      digest: platform.digest,
      imageid: platform.configDigest,
    });
    expect(JSON.parse(outputs.metadata ?? '')).toMatchObject({ 'containerimage.digest': platform.digest });
  }, 120_000);

  it.each<[string, Run, string, object]>([
    ['a failing test', { change: { test: 'echo broken >&2; exit 3' } }, 'test-target', { line: '8' }],
    ['a broken budget', { inputs: { 'max-size': '100B' } }, 'max-size', {}],
    ['a user that is root', { change: { user: 'root' } }, 'nonroot', { line: '12' }],
  ])(
    'fails the job by %s, and says it on the line',
    async (_, run, rule, place) => {
      const ran = await pull(run);
      expect(ran).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
      expect(commentBody()[0]).toContain(rule);
      expect(ran.summary).toContain(rule);
      const onLines = named(ran, 'error').filter(({ properties }) => properties.file === 'Dockerfile');
      if ('line' in place)
        expect(onLines.map(({ properties }) => properties)).toContainEqual(expect.objectContaining(place));
    },
    120_000,
  );

  it('gets the same comment for the same commit, apart from times', async () => {
    await pull();
    const [first] = commentBody();
    github.state.removeComment(github.state.comments[0]?.id ?? 0);
    await pull();
    expect(withoutTimes(commentBody()[0])).toBe(withoutTimes(first));
  }, 120_000);

  it('never touches a stranger’s comment with our marker', async () => {
    await pull();
    const [ours] = github.state.commentsOf(7);
    github.state.removeComment(ours?.id ?? 0);
    const planted = { pull: 7, author: { login: 'mallory', type: 'User' as const }, body: ours?.body ?? '' };
    github.state.addComment(planted);
    await pull();
    expect(commentBody()).toHaveLength(2);
    expect(github.state.commentsOf(7)[0]).toMatchObject(planted);
    github.assertClean();
  }, 120_000);

  it('says that it changes what it is judged by', async () => {
    await github.close();
    github = await startFakeGitHub({
      repository: { owner: 'octo', name: 'app' },
      tokens: { [token]: { ...actionsBot, permissions: { 'pull-requests': 'write' } } },
      pulls: [
        {
          number: 7,
          head: commits.head,
          base: 'main',
          files: [
            { path: 'stagegate.yml', status: 'modified' },
            {
              path: '.github/workflows/image.yml',
              status: 'modified',
              patch: '@@ -9 +9 @@\n-          max-size: 50MB\n+          max-size: 5GB',
            },
          ],
        },
      ],
    });
    await pull();
    expect(commentBody()[0]).toMatch(/changes `?stagegate\.yml/);
    expect(commentBody()[0]).toContain('max-size');
  }, 120_000);

  it('with `comment: changes` stays silent while nothing changed, and corrects a comment that is there', async () => {
    await push();
    const quiet = await pull({ inputs: { comment: 'changes' } });
    expect([quiet.exitCode, commentBody().length]).toEqual([0, 0]);
    await pull({ inputs: { comment: 'changes' }, change: { ballast: 2000 }, runId: 101 });
    expect(commentBody()).toHaveLength(1);
    await pull({ inputs: { comment: 'changes' }, runId: 102 });
    expect(commentBody()[0]).not.toContain('+1.0 kB');
  }, 180_000);
});

it('compares a merge group with its base, and comments nowhere', async () => {
  await push();
  const merge_group = { base_sha: commits.base, base_ref: 'refs/heads/main', head_sha: commits.merge };
  const env = { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7', GITHUB_SHA: commits.merge };
  const ran = await pull({ event: 'merge_group', payload: { merge_group }, env, change: { ballast: 2000 } });
  expect(ran).toMatchObject({ exitCode: 0, outputs: { 'size-delta': '1000', 'baseline-commit': commits.base } });
  expect(github.state.comments).toEqual([]);
}, 120_000);

describe('a run that may not or cannot tell', () => {
  it('keeps its verdict under the token of a fork, and says where the report is', async () => {
    const ran = await pull({
      inputs: { 'github-token': readOnly },
      payload: pullRequestPayload({ isFork: true }),
    });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
    expect(named(ran, 'warning').map(({ message }) => message)).toEqual([expect.stringContaining('fork')]);
    expect(ran.summary).toContain('No comment was made');
    expect(github.state.comments).toEqual([]);
  }, 120_000);

  it.each(['hang', 500, 403] as const)(
    'gets over a cache service that answers with %s',
    async (fault) => {
      cache.fault = fault;
      const ran = await pull();
      expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
      expect(commentBody()[0]).toContain('No baseline');
    },
    240_000,
  );

  it.each([
    ['whose address nobody answers', { ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' }],
    ['that this runner does not have', { ACTIONS_RESULTS_URL: '' }],
  ])(
    'builds and judges with a cache service %s',
    async (_, address) => {
      const env = { ...cache.environment({ scopes: ['refs/pull/7/merge'], isForBuilds: true }), ...address };
      const ran = await pull({ inputs: { 'cache-to': '' }, env });
      expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
      expect(commentBody()[0]).toContain('No baseline');
    },
    240_000,
  );

  it('records no baseline with a read-only cache, and says so', async () => {
    const ran = await push({ env: cache.environment({ scopes: ['refs/heads/main'], isReadOnly: true }) });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
    expect(named(ran, 'warning').map(({ message }) => message)).toEqual([expect.stringContaining('No baseline')]);
  }, 120_000);

  it('leaves one comment when two runs race', async () => {
    await Promise.all([pull(), pull({ runId: 101 })]);
    expect(commentBody()).toHaveLength(1);
    github.assertClean();
  }, 180_000);
});

describe('what a stranger could do', () => {
  it('is refused under pull_request_target, before anything is built', async () => {
    const ran = await pull({ event: 'pull_request_target' });
    expect(ran).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(ran.log).toContain('pull_request_target');
    expect(ran.log).not.toContain('Build steps');
  }, 120_000);

  it('commands no runner by what a build prints', async () => {
    const lines = [
      '::set-output name=digest::evil',
      '  ::error file=x::evil',
      '::add-mask::the',
      '##[error]evil',
      'x ##[add-path]/evil',
      '##[set-output name=digest]evil',
      '::stop-commands::evil',
      '::add-matcher::evil.json',
    ];
    const test = `${lines.map((line) => `echo '${line}'`).join('\n')}\n${lines.map((line) => `echo '${line}' >&2`).join('\n')}\nexit 1`;
    const ran = await pull({ change: { test, extra: lines.map((line) => `# ${line}\n`).join('') } });
    expect(ran.exitCode).toBe(1);
    expect(ran.log).toContain('evil');
    const names = new Set(ran.commands.map(({ name }) => name));
    expect([...names].sort()).toEqual(['endgroup', 'error', 'group']);
    expect(ran.commands.filter(({ message, properties }) => message === 'evil' || properties.file === 'x')).toEqual([]);
  }, 120_000);

  it('passes no gate by a secret that is called like a verdict', async () => {
    const ran = await pull({ change: { user: 'root' }, inputs: { secrets: 'token=fail' } });
    expect(ran).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
  }, 120_000);

  it('reads no file through a link out of the checkout, not even to hide it', async () => {
    const ran = await pull({ inputs: { 'secret-files': 'token=link' }, links: { link: '/proc/self/environ' } });
    expect(ran).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
    expect(ran.log).not.toContain('::add-mask::');
    expect(ran.summary).toContain('symbolic link');
  }, 120_000);

  it('finds no secret, token or build argument anywhere', async () => {
    const planted = {
      secret: 'planted-secret-value',
      argument: 'planted-argument-value',
      variable: 'planted-variable-value',
    };
    const change = {
      test: `cat /run/secrets/token; exit 1`,
      extra: `ARG PLANTED\nLABEL of="$PLANTED"\nENV OF=$PLANTED\n`,
    };
    const inputs = {
      secrets: `token=${planted.secret}`,
      'secret-envs': 'other=OTHER',
      'build-args': `PLANTED=${planted.argument}`,
    };
    const watched = watchProcesses(Object.values({ ...planted, token }));
    const ran = await pull({ change, inputs, env: { OTHER: planted.variable } });
    expect(watched.stop()).toEqual([]);
    expect(ran.exitCode).toBe(1);
    // The runner is told what to hide: those lines never reach the log.
    const shown = ran.log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    const texts = [shown.join('\n'), ran.summary, JSON.stringify([ran.outputs, ran.report, github.state.comments])];
    for (const value of [
      ...Object.values(planted),
      token,
      cache.environment({ scopes: ['x'] }).ACTIONS_RUNTIME_TOKEN,
    ]) {
      for (const text of texts) expect(text).not.toContain(value);
    }
    expect(ran.log).toContain(`::add-mask::${planted.secret}`);
    expect(ran.left).toEqual([]);
  }, 120_000);
});

describe('on the classic store', () => {
  it('works without an exported build cache, and one notice says which line brings it', async () => {
    const ran = await pull({ engine: 'classic' });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', 'download-size': '' } });
    expect(named(ran, 'notice').map(({ message }) => message)).toEqual([
      expect.stringContaining('docker/setup-buildx-action'),
    ]);
    expect(commentBody()).toEqual([expect.stringContaining(marker)]);
  }, 120_000);
});

it('says mistakes in the inputs by the name of the input', async () => {
  const ran = await pull({ inputs: { 'max-size': '50XB' } });
  expect(ran).toMatchObject({ exitCode: 1, outputs: { verdict: 'error' } });
  expect(named(ran, 'error').map(({ message }) => message)).toEqual([expect.stringMatching(/^max-size: /)]);
  expect(commentBody()).toHaveLength(1);
}, 120_000);

function withoutTimes(body: string | undefined): string | undefined {
  return body?.replace(/\b\d+(?:\.\d+)?\s?(?:ms|s|min)\b/g, '<time>');
}

/** Looks at the command line of every process for these values, until it is stopped. */
function watchProcesses(values: readonly string[]): { stop: () => readonly string[] } {
  const seen: string[] = [];
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const line = commandLine(pid);
      if (values.some((value) => line.includes(value))) seen.push(line);
    }
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
