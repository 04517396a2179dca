import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { reportSchema } from '../../src/report/report.ts';
import { runIn, stagegate } from '../support/engine.ts';
import { withProject } from '../support/project.ts';
import { check, weighed } from '../support/reports.ts';

const good = 'FROM busybox:1.37 AS test\nRUN echo tested\nFROM busybox:1.37 AS final\nCOPY a.txt /a\nUSER 1000\n';

/** A project whose Dockerfile is this text, beside a small file; runs once more from nothing each time. */
function project<Result>(dockerfile: string, use: (cwd: string) => Promise<Result>): Promise<Result> {
  return withProject({ Dockerfile: dockerfile, 'a.txt': `${Math.random()}` }, use);
}

describe('stagegate check', () => {
  it(
    'passes a good image with exit code 0',
    () =>
      project(good.replace('echo tested', `echo ${Math.random()}`), async (cwd) => {
        const { exitCode, report, image } = await check('containerd', ['.', '--test-target', 'test'], { cwd });
        expect([exitCode, report.verdict, image.test?.status]).toEqual([0, 'pass', 'passed']);
      }),
    60_000,
  );

  it(
    'weighs the image although the tests fail, and names step, line, exit code and log',
    () =>
      project(good.replace('echo tested', 'echo "one is not two" && exit 7'), async (cwd) => {
        const { exitCode, report, image } = await check('containerd', ['.', '--test-target', 'test'], { cwd });
        expect([exitCode, report.verdict, image.test?.status]).toEqual([1, 'fail', 'failed']);
        expect(image.test?.failures[0]).toMatchObject({ line: 2, exitCode: 7, log: ['one is not two'] });
        expect(weighed(image).size.unpackedBytes).toBeGreaterThan(0);
      }),
    60_000,
  );

  it(
    'fails when the final target does not build, with the line and what it printed',
    () =>
      project('FROM busybox:1.37\nRUN echo broken; exit 3\n', async (cwd) => {
        const { exitCode, report, image } = await check('containerd', ['.'], { cwd });
        expect([exitCode, report.verdict]).toEqual([1, 'fail']);
        expect(image.platforms[0]?.build?.failure).toMatchObject({ line: 2, exitCode: 3, log: ['broken'] });
      }),
    60_000,
  );

  it.each([
    ['a broken budget', good, ['--max-size', '1kB'], 'max-size'],
    ['root', good.replace('USER 1000', 'USER root'), [], 'nonroot'],
    ['nobody set as user, which is root', good.replace('USER 1000\n', ''), [], 'nonroot'],
    ['a user that the image does not know', good.replace('USER 1000', 'USER ghost'), [], 'nonroot'],
    ['too many layers', good, ['--max-layers', '0'], 'max-layers'],
  ])(
    'fails for %s and says which rule',
    (_, dockerfile, flags, rule) =>
      project(dockerfile, async (cwd) => {
        const { exitCode, image } = await check('containerd', ['.', ...flags], { cwd });
        expect(exitCode).toBe(1);
        expect(weighed(image).findings.map((finding) => finding.rule)).toEqual([rule]);
      }),
    60_000,
  );

  it(
    'refuses before anything is built what BuildKit would refuse, with the line',
    () =>
      project('FROM busybox:1.37 AS a\nCOPY --from=b /x /y\nFROM a AS b\n', async (cwd) => {
        const { exitCode, image, stderr } = await check('containerd', ['.'], {
          cwd,
          env: { DOCKER_HOST: 'unix:///nowhere' },
        });
        expect(exitCode).toBe(1);
        expect(image.findings[0]).toMatchObject({ rule: 'dockerfile', evidence: [{ line: 2 }] });
        expect(stderr).toBe('');
      }),
    60_000,
  );

  it(
    'could not judge when the base image cannot be had, and says so with exit code 3',
    () =>
      project('FROM localhost:1/no/such:image\nUSER 1000\n', async (cwd) => {
        const { exitCode, report, image } = await check('containerd', ['.'], { cwd });
        expect([exitCode, report.verdict]).toEqual([3, 'error']);
        expect(image.error?.message).toContain('localhost:1/no/such:image');
      }),
    60_000,
  );

  it(
    'says that tests came from the cache, and refuses that where fresh ones are asked',
    () =>
      project(good.replace('echo tested', `echo ${Math.random()}`), async (cwd) => {
        await check('containerd', ['.', '--test-target', 'test'], { cwd });
        const again = await check('containerd', ['.', '--test-target', 'test'], { cwd });
        expect([again.exitCode, again.image.test?.status]).toEqual([0, 'cached']);
        const fresh = await check('containerd', ['.', '--test-target', 'test', '--no-cache-filter', 'test'], { cwd });
        expect([fresh.exitCode, fresh.image.test?.status]).toEqual([0, 'passed']);
      }),
    90_000,
  );

  it(
    'says that a test target without a RUN tests nothing',
    () =>
      project('FROM busybox:1.37 AS test\nENV A=b\nFROM busybox:1.37\nUSER 1000\n', async (cwd) => {
        const { image } = await check('containerd', ['.', '--test-target', 'test'], { cwd });
        expect(image.test?.status).toBe('nothing-ran');
      }),
    60_000,
  );

  it(
    'counts a test stage that the final image contains as run, whichever build came first',
    () =>
      project(`FROM busybox:1.37 AS test\nRUN echo ${Math.random()}\nFROM test\nUSER 1000\n`, async (cwd) => {
        const { image } = await check('containerd', ['.', '--test-target', 'test'], { cwd });
        expect(image.test?.status).toBe('passed');
      }),
    60_000,
  );

  it(
    'lets BuildKit decide under a foreign syntax, weighs the image and claims no stages',
    () =>
      project('# syntax=example/frontend:1\nFROM busybox:1.37\nCOPY a.txt /a\nUSER 1000\n', async (cwd) => {
        await runIn('containerd', 'docker', ['tag', 'docker/dockerfile:1', 'example/frontend:1']);
        const { exitCode, image } = await check('containerd', ['.'], { cwd });
        expect([exitCode, image.stages]).toEqual([0, []]);
        expect(image.notes.join()).toContain('example/frontend:1');
        expect(weighed(image).size.unpackedBytes).toBeGreaterThan(0);
      }),
    60_000,
  );

  it(
    'takes an image context that replaces the base as the base',
    () =>
      project(good, async (cwd) => {
        const flags = ['--build-context', 'busybox:1.37=docker-image://debian:bookworm-slim'];
        const { base, layers } = weighed((await check('containerd', ['.', ...flags], { cwd })).image);
        expect([base.reference, base.family]).toEqual(['debian:bookworm-slim', 'debian']);
        expect(layers.map((layer) => layer.origin)).toEqual(['base', 'own']);
      }),
    60_000,
  );

  it(
    'loads and tags the image when asked to',
    () =>
      project(good, async (cwd) => {
        for (const kind of ['classic', 'containerd'] as const) {
          const { exitCode } = await check(kind, ['.', '--load', '--tag', 'stagegate-test:loaded'], { cwd });
          expect(exitCode).toBe(0);
          const { stdout } = await runIn(kind, 'docker', [
            'image',
            'inspect',
            '--format',
            '{{.Config.User}}',
            'stagegate-test:loaded',
          ]);
          expect(stdout.trim()).toBe('1000');
          await runIn(kind, 'docker', ['image', 'rm', 'stagegate-test:loaded']);
        }
      }),
    60_000,
  );
});

describe('a recorded baseline', () => {
  it.each(['classic', 'containerd', 'container', 'remote'] as const)(
    'shows on %s what grew, and by which line',
    (kind) =>
      project(good, async (cwd) => {
        const first = await check(kind, ['.', '--record', 'main.json'], { cwd });
        expect(weighed(first.image).baseline.source).toBe('none');
        await runIn(kind, 'sh', ['-c', 'head -c 100000 /dev/urandom > a.txt'], { cwd });
        const flags = ['.', '--baseline', 'main.json', '--max-growth', '50kB'];
        const { exitCode, image } = await check(kind, flags, { cwd });
        const { delta, findings } = weighed(image);
        const before = reportSchema.parse(JSON.parse(await readFile(join(cwd, 'main.json'), 'utf8')));
        const [recorded] = before.images;
        if (recorded === undefined) throw new Error('nothing was recorded');
        const grown = weighed(image).size.unpackedBytes - weighed(recorded).size.unpackedBytes;
        expect(exitCode).toBe(1);
        expect(delta).toMatchObject({
          unpackedBytes: grown,
          baseChange: 'none',
          base: { unpackedBytes: 0 },
          own: { unpackedBytes: grown },
        });
        expect(delta?.layers.filter((layer) => layer.kind === 'changed')).toMatchObject([{ line: 4, bytes: grown }]);
        expect(findings).toMatchObject([{ rule: 'max-growth', evidence: [{ line: 4 }] }]);
      }),
    90_000,
  );

  it(
    'is not replaced by a run that gave no image',
    () =>
      project(good, async (cwd) => {
        await check('containerd', ['.', '--record', 'main.json'], { cwd });
        const recorded = await readFile(join(cwd, 'main.json'), 'utf8');
        await withBrokenDockerfile(cwd);
        const { stderr } = await check('containerd', ['.', '--record', 'main.json'], { cwd });
        expect(stderr).toContain('no baseline was recorded');
        expect(await readFile(join(cwd, 'main.json'), 'utf8')).toBe(recorded);
      }),
    90_000,
  );
});

async function withBrokenDockerfile(cwd: string): Promise<void> {
  await runIn('containerd', 'sh', ['-c', 'echo "RUN exit 1" >> Dockerfile'], { cwd });
}

describe('values that are nobody else’s business', () => {
  it(
    'stand in no output, on no stream and in no process list',
    () =>
      project('FROM busybox:1.37\nARG TOKEN\nRUN echo "$TOKEN" && ps > /ps && false\n', async (cwd) => {
        const planted = 'planted-hunter2-value';
        const flags = [
          'check',
          '.',
          '--build-arg',
          `TOKEN=${planted}`,
          '--output',
          'json=r.json',
          '--output',
          'markdown=r.md',
        ];
        const [ran, list] = await Promise.all([stagegate('containerd', flags, { cwd }), watchProcesses(planted)]);
        expect(ran.exitCode).toBe(1);
        expect(ran.stdout + ran.stderr).not.toContain(planted);
        for (const file of ['r.json', 'r.md']) expect(await readFile(join(cwd, file), 'utf8')).not.toContain(planted);
        expect(list).toEqual([]);
      }),
    60_000,
  );
});

/** Command lines of docker processes that hold the text, looked at for two seconds; our own call is the user's. */
async function watchProcesses(planted: string): Promise<string[]> {
  const found = new Set<string>();
  for (let at = 0; at < 20; at += 1) {
    const { stdout } = await runIn('containerd', 'ps', ['-eo', 'args', '-ww']);
    for (const line of stdout.split('\n')) if (line.startsWith('docker') && line.includes(planted)) found.add(line);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return [...found];
}
