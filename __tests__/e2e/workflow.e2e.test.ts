import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { reportSchema } from '../../src/report/report.ts';
import type { EngineKind } from '../support/engine.ts';
import { pullRequestPayload, pushPayload } from '../support/events.ts';
import { withFreshBuilder } from '../support/fresh-builder.ts';
import { type FakeGitHub, startFakeGitHub } from '../support/github/fake-github.ts';
import { actionsBot } from '../support/github/github-state.ts';
import { firstImage, weighed } from '../support/reports.ts';
import { type SampleChange, sampleApp } from '../support/sample-app.ts';
import { WorkflowRepository, type WorkflowRun } from '../support/workflow.ts';

const token = 'ghs_TheTokenOfThisRun';

/** As a user writes it, but for where the Action comes from. */
const workflow = `name: image
on: { pull_request: , push: { branches: [main] } }
permissions: { contents: read, pull-requests: write }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        id: gate
        with: { context: app, test-target: test, target: final, max-size: 50MB, max-growth: 2MB }
      - if: always()
        run: |
          printf '%s' '\${{ toJSON(steps.gate.outputs) }}' > "$STAGEGATE_OUTPUTS"
          cp '\${{ steps.gate.outputs.report }}' "$STAGEGATE_REPORT" || true
`;

const files = (change: SampleChange = {}) =>
  Object.fromEntries(Object.entries(sampleApp(change)).map(([name, text]) => [`app/${name}`, text]));

describe.each<[EngineKind, number]>([
  ['containerd', 34_561],
  ['container', 34_562],
])('a workflow on the %s builder', (engine, cachePort) => {
  let github: FakeGitHub;
  let project: WorkflowRepository;
  let cache: string;
  let base: string;
  let runId = 100;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'stagegate-cache-'));
    github = await startFakeGitHub({
      repository: { owner: 'octo', name: 'app' },
      tokens: {
        [token]: { ...actionsBot, permissions: { 'pull-requests': 'write', contents: 'read', actions: 'read' } },
      },
      pulls: [{ number: 7, head: '', base: 'main' }],
    });
    project = await WorkflowRepository.create(files(), workflow);
    base = await project.commit('begin');
  }, 60_000);

  afterAll(async () => {
    await github.close();
    await project.remove();
    await rm(cache, { recursive: true, force: true });
  });

  async function run(event: 'push' | 'pull_request', payload: unknown, builder?: string): Promise<WorkflowRun> {
    runId += 1;
    return project.run({
      event,
      payload,
      api: github.url,
      token,
      runId,
      cache,
      cachePort,
      engine: builder === undefined ? engine : 'container',
      builder,
    });
  }

  /** A push to the pull request: its head, merged into the base as GitHub does it, and the workflow's run on that. */
  async function propose(change: SampleChange): Promise<WorkflowRun> {
    await project.branch('change', base);
    await project.write(files(change));
    const head = await project.commit('change');
    const pull = github.state.pulls.get(7);
    if (pull !== undefined) pull.head = head;
    await project.mergeInto(base, 'change');
    // The event is older than the merge: its base commit is not the one that was merged onto.
    return run('pull_request', pullRequestPayload({ head, base: '9'.repeat(40) }));
  }

  const comments = () => github.state.commentsOf(7);

  it('records the baseline on a push to main', async () => {
    const { passed, outputs, log } = await run('push', pushPayload(base));
    expect({ passed, log }).toMatchObject({ passed: true });
    expect(outputs).toMatchObject({ verdict: 'pass' });
    expect(outputs['comment-id']).toBeUndefined();
    expect(log).toContain('of main recorded as stagegate-baseline-1-app');
    expect(comments()).toEqual([]);
  }, 180_000);

  it("serves a rebuild on a fresh builder from the workflow's own build cache", async () => {
    const { passed, log, report } = await withFreshBuilder((builder) => run('push', pushPayload(base), builder));
    expect({ passed, log }).toMatchObject({ passed: true });
    expect(log).toMatch(/\[final\] ✔ build 4\/4 RUN mkdir .* CACHED/);
    expect(log).toMatch(/\[test\] ✔ test 2\/2 RUN .* CACHED/);
    // What is quick, such as the COPY of the final stage, BuildKit may do anew.
    expect(log).not.toMatch(/✔ \S+ \d\/\d RUN .*\(\d/);
    const own = weighed(firstImage(reportSchema.parse(report))).layers.filter(({ origin }) => origin === 'own');
    expect(own.map(({ stage, line, lineFrom }) => [stage, line, lineFrom])).toEqual([['final', 11, 'provenance']]);
  }, 180_000);

  it('compares and comments in a pull request', async () => {
    const { passed, outputs, log } = await propose({ ballast: 501_000 });
    expect({ passed, log }).toMatchObject({ passed: true });
    expect(outputs).toMatchObject({ verdict: 'pass', 'size-delta': '500000', 'baseline-commit': base });
    expect(comments().map(({ body }) => body)).toEqual([expect.stringContaining('+500.0 kB')]);
    expect(outputs['comment-id']).toBe(String(comments()[0]?.id));
  }, 180_000);

  it('brings the same comment up to date on the next push, with what grew', async () => {
    const [before] = comments();
    const { passed, outputs } = await propose({ ballast: 3_001_000 });
    expect([passed, outputs.verdict, outputs['size-delta']]).toEqual([false, 'fail', '3000000']);
    expect(comments().map(({ id }) => id)).toEqual([before?.id]);
    expect(comments()[0]?.body).toContain('max-growth');
  }, 180_000);

  it.each<[string, SampleChange, string]>([
    ['a failing test', { test: 'exit 3' }, 'test-target'],
    ['a user that is root', { user: 'root' }, 'nonroot'],
    ['a broken budget', { ballast: 51_000_000 }, 'max-size'],
  ])(
    'fails the job by %s',
    async (_, change, rule) => {
      const { passed, outputs } = await propose(change);
      expect([passed, outputs.verdict]).toEqual([false, 'fail']);
      expect(comments().map(({ body }) => body)).toEqual([expect.stringContaining(rule)]);
    },
    180_000,
  );

  it('asks nothing of GitHub that its own description does not have', () => {
    github.assertClean();
  });
});

describe('a workflow under a GitHub in trouble', () => {
  let github: FakeGitHub;
  let project: WorkflowRepository;
  let cache: string;
  let payload: unknown;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'stagegate-cache-'));
    project = await WorkflowRepository.create(files(), workflow);
    const base = await project.commit('begin');
    await project.branch('change', base);
    const head = await project.commit('change');
    await project.mergeInto(base, 'change');
    payload = pullRequestPayload({ head });
  }, 60_000);

  beforeEach(async () => {
    github = await startFakeGitHub({
      repository: { owner: 'octo', name: 'app' },
      tokens: { [token]: { ...actionsBot, permissions: { 'pull-requests': 'write', contents: 'read' } } },
      pulls: [{ number: 7, head: '2'.repeat(40), base: 'main' }],
    });
  });

  afterEach(() => github.close());
  afterAll(async () => {
    await project.remove();
    await rm(cache, { recursive: true, force: true });
  });

  function run(runId: number, cachePort: number, env: Readonly<Record<string, string>> = {}): Promise<WorkflowRun> {
    const where = { cache: join(cache, String(cachePort)), cachePort, engine: 'containerd' as const };
    return project.run({ event: 'pull_request', payload, api: github.url, token, runId, ...where, env });
  }

  const comments = () => github.state.commentsOf(7);

  it.each([
    ['403', { kind: 'status', status: 403, message: 'Resource not accessible by integration' }],
    ['404', { kind: 'status', status: 404 }],
    ['422', { kind: 'status', status: 422 }],
  ] as const)(
    'keeps verdict and summary over %s, and names the permission',
    async (_, fault) => {
      github.fail('issues/create-comment', fault, 9);
      const { passed, outputs, log } = await run(100, 34_563);
      expect([passed, outputs.verdict, comments().length]).toEqual([true, 'pass', 0]);
      expect(log).toMatch(/::warning::.*pull-requests: write/);
      expect(log).toContain('Summary - ### ✅ Pass');
    },
    180_000,
  );

  it.each([
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['500', { kind: 'status', status: 500 }],
    ['a lost reply', { kind: 'lost' }],
  ] as const)(
    'tries again after %s, and makes one comment',
    async (_, fault) => {
      github.fail('issues/create-comment', fault, 1);
      const { passed, outputs, log } = await run(100, 34_563);
      expect([passed, outputs.verdict, comments().length]).toEqual([true, 'pass', 1]);
      expect(log).not.toContain('::warning::');
    },
    180_000,
  );

  it('gives up on a GitHub that never answers, with verdict and summary', async () => {
    github.fail('issues/list-comments', { kind: 'hang' }, 99);
    const { passed, outputs, log } = await run(100, 34_563);
    expect([passed, outputs.verdict]).toEqual([true, 'pass']);
    expect(log).toContain('::warning::');
    expect(log).toContain('Summary - ### ✅ Pass');
  }, 240_000);

  it('leaves one comment when two runs race', async () => {
    const both = await Promise.all([run(100, 34_563), run(101, 34_564)]);
    expect(both.map(({ outputs }) => outputs.verdict)).toEqual(['pass', 'pass']);
    expect(comments()).toHaveLength(1);
  }, 180_000);

  it.each([
    ['gone', { ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/', ACTIONS_CACHE_URL: 'http://127.0.0.1:9/' }],
    ['read-only', { ACTIONS_CACHE_MODE: 'read' }],
  ])(
    'compares with the base commit itself, built anew, and comments with a cache service that is %s',
    async (_, env) => {
      const { passed, outputs } = await run(100, 34_563, env);
      expect([passed, outputs.verdict, outputs['size-delta']]).toEqual([true, 'pass', '0']);
      expect(comments()[0]?.body).toContain('(the base commit, rebuilt)');
    },
    240_000,
  );
});
