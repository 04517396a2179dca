import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportSchema, type WeighedPlatform } from '../../src/report/report.ts';
import { runIn } from '../support/engine.ts';
import { pullRequestPayload, pushPayload } from '../support/events.ts';
import { type FakeGitHub, startFakeGitHub } from '../support/github/fake-github.ts';
import { actionsBot } from '../support/github/github-state.ts';
import { registries } from '../support/registry.ts';
import { sampleApp } from '../support/sample-app.ts';
import { WorkflowRepository, type WorkflowRun } from '../support/workflow.ts';

const token = 'ghs_TheTokenOfThisRun';
const engine = 'container';
const cachePort = 34_571;

const workflow = `name: image
on: { pull_request: , push: { branches: [main] } }
permissions: { contents: read, pull-requests: write, actions: read }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        id: gate
        with: { context: app, target: final, baseline: '\${{ env.GATE_BASELINE }}', comment: off }
      - if: always()
        run: |
          printf '%s' '\${{ toJSON(steps.gate.outputs) }}' > "$STAGEGATE_OUTPUTS"
          cp '\${{ steps.gate.outputs.report }}' "$STAGEGATE_REPORT"
`;

const files = (ballast: number) =>
  Object.fromEntries(Object.entries(sampleApp({ ballast })).map(([name, text]) => [`app/${name}`, text]));

/** One push to main, then one pull request that is compared with each place in turn. */
describe('the baseline of a pull request', () => {
  let github: FakeGitHub;
  let project: WorkflowRepository;
  let folder: string;
  let store: Server;
  let base: string;
  let pushed: WorkflowRun;
  let payload: unknown;
  let runId = 500;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stagegate-baselines-'));
    github = await startFakeGitHub({
      repository: { owner: 'octo', name: 'app' },
      tokens: { [token]: { ...actionsBot, permissions: { actions: 'read', 'pull-requests': 'write' } } },
      pulls: [{ number: 7, head: '', base: 'main' }],
    });
    store = createServer((request, response) => {
      const name = decodeURIComponent(request.url ?? '').replace(/^\//, '');
      readFile(join(folder, 'artifacts', name)).then(
        (bytes) => response.writeHead(200).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
    project = await WorkflowRepository.create(files(1000), workflow);
    base = await project.commit('begin');
    pushed = await run('push', pushPayload(base), 'auto');
    await keepWhatWasLeft();
    await project.branch('change', base);
    await project.write(files(501_000));
    const head = await project.commit('change');
    await project.mergeInto(base, 'change');
    payload = pullRequestPayload({ head, base: '9'.repeat(40) });
  }, 240_000);

  afterAll(async () => {
    await github.close();
    await new Promise((resolve) => store.close(resolve));
    await project.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(event: 'push' | 'pull_request', about: unknown, baseline: string): Promise<WorkflowRun> {
    runId += 1;
    return project.run({
      event,
      payload: about,
      api: github.url,
      token,
      runId,
      cache: join(folder, 'cache'),
      cachePort,
      artifacts: join(folder, 'artifacts'),
      engine,
      env: {
        GATE_BASELINE: baseline,
        GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/image.yml@refs/heads/main',
      },
    });
  }

  /** GitHub would list the run of the push with what it left; its bytes lie where act's server has put them. */
  async function keepWhatWasLeft(): Promise<void> {
    github.state.runs.push({ id: runId, branch: 'main', commit: base });
    for (const [index, name] of (await readdir(join(folder, 'artifacts', String(runId)))).entries()) {
      const { port } = store.address() as AddressInfo;
      const address = `http://127.0.0.1:${port}/${runId}/${encodeURIComponent(name)}/${encodeURIComponent(name)}.zip`;
      github.state.artifacts.push({ id: index + 1, run: runId, name, address });
    }
  }

  async function compared(baseline: string): Promise<WeighedPlatform> {
    const { passed, log, report } = await run('pull_request', payload, baseline);
    expect({ passed, log }).toMatchObject({ passed: true });
    const platform = reportSchema.parse(report).images[0]?.platforms[0];
    if (platform === undefined || !('size' in platform)) throw new Error('nothing was weighed');
    return platform;
  }

  it('is recorded by the push, in the Actions cache and as an artifact', () => {
    expect({ passed: pushed.passed, log: pushed.log }).toMatchObject({ passed: true });
    expect(pushed.log).toMatch(/baseline: app of main recorded as stagegate-baseline-1-app/);
    expect(pushed.log).toMatch(/baseline: artifact of app of main recorded as stagegate-baseline-1-app/);
    expect(github.state.artifacts.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^stagegate-baseline-1-app-.*-main$/),
    ]);
  });

  it.each([
    ['cache', 'actions-cache'],
    ['artifact', 'artifact'],
    ['rebuild', 'rebuild'],
  ])(
    'comes from the place that is forced: %s',
    async (word, source) => {
      const { baseline, delta } = await compared(word);
      expect(baseline).toMatchObject({ source, commit: base, wantedCommit: base, ref: 'refs/heads/main', tried: [] });
      expect([delta?.unpackedBytes, delta?.base?.unpackedBytes, delta?.baseChange]).toEqual([500_000, 0, 'none']);
      expect(delta?.files).toEqual([
        expect.objectContaining({ path: '/app/ballast', kind: 'changed', bytes: 500_000 }),
      ]);
      if (word === 'artifact') expect(baseline.verified).toBe(true);
    },
    180_000,
  );

  it('comes from a file', async () => {
    const file = join(folder, 'main.json');
    await writeFile(file, JSON.stringify(pushed.report));
    const { baseline, delta } = await compared(file);
    expect(baseline).toMatchObject({ source: 'file', commit: base, tried: [] });
    expect(delta?.unpackedBytes).toBe(500_000);
  }, 180_000);

  it('comes from a registry', async () => {
    const { open } = await registries();
    const name = `${open}/team/baseline:main`;
    await project.branch('again', base);
    const label = `--label=org.opencontainers.image.revision=${base}`;
    const built = await runIn(
      engine,
      'docker',
      [
        'buildx',
        'build',
        '--target=final',
        label,
        `--output=type=image,name=${name},push=true`,
        join(project.folder, 'app'),
      ],
      { cwd: project.folder },
    );
    expect(built).toMatchObject({ exitCode: 0 });
    await project.mergeInto(base, 'change');
    const { baseline, delta } = await compared(`docker://${name}`);
    expect(baseline).toMatchObject({ source: 'image', reference: `docker://${name}`, commit: base, tried: [] });
    expect(baseline.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([delta?.unpackedBytes, delta?.base?.unpackedBytes, delta?.baseChange]).toEqual([500_000, 0, 'none']);
    expect(delta?.files).toEqual([expect.objectContaining({ path: '/app/ballast', kind: 'changed', bytes: 500_000 })]);
    expect(delta?.config.map(({ key }) => key)).toEqual([expect.stringContaining('org.opencontainers.image.revision')]);
  }, 180_000);

  it('is none where none is asked for', async () => {
    const { baseline, delta } = await compared('none');
    expect([baseline.source, baseline.tried.length, delta]).toEqual(['none', 1, undefined]);
  }, 180_000);

  it('is built where all else is gone or poisoned, and each place says why it has none', async () => {
    await rm(join(folder, 'cache'), { recursive: true, force: true });
    const [artifact] = github.state.artifacts;
    const place = join(folder, 'artifacts', String(artifact?.run), artifact?.name ?? '');
    await writeFile(join(place, `${artifact?.name}.zip`), 'PK poisoned');
    const { baseline, delta } = await compared('auto');
    expect(baseline).toMatchObject({ source: 'rebuild', commit: base });
    expect(baseline.tried).toEqual([
      { source: 'actions-cache', reason: expect.stringContaining('none is recorded yet') },
      { source: 'artifact', reason: expect.stringMatching(/^the artifact of main at [0-9a-f]{7} is no ZIP archive$/) },
    ]);
    expect(delta?.unpackedBytes).toBe(500_000);
  }, 180_000);

  it('asks nothing of GitHub that its own description does not have', () => {
    github.assertClean();
  });
});
