import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTargets } from '../../src/exec/build-targets.ts';
import { type BuildOptions, runBuild } from '../../src/exec/run-build.ts';
import { fixture, stageGraph } from '../build/fixtures.ts';
import { builder, imageEntry } from '../build/image-entry.ts';
import { type FakeDocker, fakeDocker } from './fake-docker.ts';

let docker: FakeDocker | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-build-'));
});
afterEach(() => {
  docker?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const graph = stageGraph(fixture('Dockerfile'));
const fixtures = new URL('../fixtures/build/', import.meta.url).pathname;
const replay = (name: string) => `writeSync(2, readFileSync('${fixtures}${name}.stderr.txt'));`;
const metadata = (name: string) =>
  `writeFileSync(option('metadata-file'), readFileSync('${fixtures}${name}.metadata.json'));`;

function options(script: string, changes: Partial<BuildOptions> = {}): BuildOptions {
  docker?.remove();
  const fake = fakeDocker(script);
  docker = fake;
  return {
    entry: imageEntry(),
    target: 'final',
    purpose: 'final',
    builder: builder(),
    graph,
    folder,
    env: fake.env,
    ...changes,
  };
}

describe('one build', () => {
  it('ends in a record with steps, provenance and the place of the image', async () => {
    const record = await runBuild(options(replay('containerd-final') + metadata('containerd-final')));
    expect(record).toMatchObject({ target: 'final', status: 'built', image: { kind: 'oci-layout' } });
    expect(record.provenance?.steps.filter(({ chain }) => chain.length > 0)).toHaveLength(3);
    expect(record.steps.map((step) => step.lines?.start)).toContain(14);
  });

  it('knows the image by its ID on the classic store', async () => {
    const classic = builder({ store: 'classic', exportsOci: false });
    const script = replay('classic-final') + metadata('classic-final');
    const record = await runBuild(options(script, { builder: classic }));
    expect(record.image).toEqual({ kind: 'docker-daemon', imageId: expect.stringMatching(/^sha256:8b3e/) });
    await expect(runBuild({ ...options(replay('classic-final')), builder: classic })).rejects.toMatchObject({
      exitCode: 3,
    });
  });

  it('is a record too when it fails', async () => {
    const record = await runBuild(options(`${replay('containerd-fail')} end(1)`, { purpose: 'test', target: 'test' }));
    expect(record).toMatchObject({
      status: 'failed',
      failure: { fault: 'dockerfile', exitCode: 3, log: ['testing', 'line two'] },
    });
    expect(record.image).toBeUndefined();
  });

  it('tells its steps while it runs', async () => {
    const seen: string[] = [];
    await runBuild(
      options(replay('containerd-final'), {
        onEvent: ({ kind, step }) => seen.push(`${kind} ${step.name.slice(0, 12)}`),
      }),
    );
    expect(seen).toContain('started [final 1/2] ');
    expect(seen).toContain('done [final 2/2] ');
  });

  it('hands build arguments over in the environment, and shows none of them', async () => {
    const script = `
      writeFileSync(process.env.FAKE_FOLDER + '/seen', JSON.stringify({ args, token: process.env.TOKEN, other: process.env.OTHER }));
      complain(JSON.stringify({ vertexes: [{ digest: 'a', name: '[x 1/1] WORKDIR /hunter2', started: '2026-01-01T00:00:00Z', error: 'bad hunter2 from-env' }] }));
      complain('ERROR: failed to solve: bad hunter2 from-env');
      end(1);`;
    const base = options(script, { entry: imageEntry({ buildArgs: { TOKEN: 'hunter2', OTHER: undefined } }) });
    const record = await runBuild({ ...base, env: { ...base.env, OTHER: 'from-env' } });
    const seen = JSON.parse(readFileSync(join(base.env.FAKE_FOLDER ?? '', 'seen'), 'utf8'));
    expect(seen).toMatchObject({ token: 'hunter2', other: 'from-env' });
    expect(seen.args.join(' ')).not.toMatch(/hunter2|from-env/);
    expect(JSON.stringify(record)).not.toMatch(/hunter2|from-env/);
    expect(record.failure?.message).toContain('bad *** ***');
  });

  it('is refused for a target that only BuildKit could know', async () => {
    const script = `complain('ERROR: failed to build: failed to solve: target stage "nope" could not be found'); end(1)`;
    await expect(runBuild(options(script, { target: 'nope' }))).rejects.toMatchObject({
      exitCode: 2,
      message: 'api/Dockerfile has no stage named nope',
      hint: 'Its stages are: base, test, final.',
    });
  });

  it.each([
    ['a signal', `process.kill(process.pid, 'SIGKILL')`, 'docker buildx was ended by a signal while it built'],
    [
      'a daemon that went away',
      `${replay('containerd-cached')} complain('ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF'); end(1)`,
      'error reading from server: EOF',
    ],
    [
      'a full disk',
      `complain(JSON.stringify({ vertexes: [{ digest: 'a', name: 'exporting to oci image format', started: '2026-01-01T00:00:00Z', error: 'write /x: no space left on device' }] })); end(1)`,
      'exporting to oci image format (api/Dockerfile) failed: write /x: no space left on device',
    ],
  ])('could not be judged after %s', async (_, script, message) => {
    const record = await runBuild(options(script));
    expect(record.failure).toMatchObject({ fault: 'infrastructure', message: expect.stringContaining(message) });
  });

  it('cannot start with an environment that is too large', async () => {
    const entry = imageEntry({ buildArgs: { BIG: 'x'.repeat(3_000_000) } });
    await expect(runBuild(options('', { entry }))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('the build arguments are too long'),
    });
  });
});

describe('test and final target', () => {
  const both = (script: string) => {
    const { entry, builder, env } = options(script);
    return { entry, builder, graph, folder, env, testTarget: 'test', finalTarget: 'final' };
  };

  it('are built at the same time', async () => {
    const script = `
      const here = process.env.FAKE_FOLDER + '/';
      writeFileSync(here + option('target'), '');
      const giveUp = Date.now() + 20000;
      while (!(existsSync(here + 'test') && existsSync(here + 'final'))) if (Date.now() > giveUp) end(1);`;
    const { test, final } = await buildTargets(both(script));
    expect([test?.status, final.status]).toEqual(['built', 'built']);
  }, 30_000);

  it('do not end each other by failing', async () => {
    const script = `if (option('target') === 'test') { ${replay('containerd-fail')} end(1) }
      setTimeout(() => {}, 300);`;
    const { test, final } = await buildTargets(both(script));
    expect([test?.status, final.status]).toEqual(['failed', 'built']);
  });

  it('end together when one is refused', async () => {
    const script = `if (option('target') === 'final') { setInterval(() => {}, 1000); }
      else { complain('ERROR: failed to solve: target stage "test" could not be found'); end(1) }`;
    const started = Date.now();
    await expect(buildTargets(both(script))).rejects.toMatchObject({ exitCode: 2 });
    expect(Date.now() - started).toBeLessThan(4000);
    expect(existsSync(folder)).toBe(true);
  });

  it('are the final one alone when nothing is to be tested', async () => {
    const { testTarget: _, ...shared } = both('');
    await expect(buildTargets({ ...shared, testTarget: undefined })).resolves.toEqual({
      final: expect.objectContaining({ status: 'built' }),
    });
  });
});
