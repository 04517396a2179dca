import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { engineEnv, repository, stagegate } from '../support/engine.ts';
import { withProject } from '../support/project.ts';

describe('the command line', () => {
  it.each([
    ['an unknown command', ['chekc'], /unknown command 'chekc'.*\(Did you mean check\?\)/s],
    ['an unknown flag', ['check', '--max-sise', '1MB'], /unknown option '--max-sise'.*Did you mean --max-size/s],
    ['a context that is not there', ['check', 'nowhere'], /`nowhere` does not exist/],
    ['a git context', ['check', 'https://github.com/a/b.git'], /not supported yet/],
    ['a Dockerfile on stdin', ['check', '.', '--file', '-'], /not supported yet/],
    ['push', ['check', '.', '--push'], /not supported yet/],
    ['several platforms', ['check', 'examples/go-scratch', '--platform', 'linux/amd64,linux/arm64'], /platform/],
    ['a bad size', ['check', 'examples/go-scratch', '--max-size', '50 bananas'], /50 bananas/],
    ['a format that does not exist', ['check', 'examples/go-scratch', '--format', 'pdf'], /pdf/],
    ['an unknown rule', ['explain', 'nonrot'], /There is no rule named "nonrot".*nonroot/s],
    ['an unknown builder', ['check', 'examples/go-scratch', '--builder', 'nobody'], /no builder named nobody/],
  ])('answers %s with one sentence and exit code 2', async (_, args, sentence) => {
    const { exitCode, stdout, stderr } = await stagegate('containerd', args);
    expect(stderr).toMatch(sentence);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['no docker at all', { PATH: '/nowhere' }, /docker/i],
    ['a daemon that does not run', { DOCKER_HOST: 'unix:///nowhere.sock' }, /daemon|running|reach/i],
    ['no buildx plugin', { DOCKER_CONFIG: '/nowhere' }, /buildx/],
  ])('cannot judge with %s: one sentence, exit code 3', async (_, env, sentence) => {
    const { exitCode, stdout } = await stagegate('containerd', ['check', 'examples/go-scratch', '--format', 'json'], {
      env,
    });
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'error',
      images: [{ error: { message: expect.stringMatching(sentence) } }],
    });
  });

  it('shows help with every command, and its version', async () => {
    const { exitCode, stdout } = await stagegate('containerd', ['--help']);
    expect(exitCode).toBe(0);
    for (const command of ['check', 'inspect', 'stages', 'rules', 'explain']) expect(stdout).toContain(command);
    expect((await stagegate('containerd', ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(['text', 'json', 'mermaid'])('shows stages as %s without an engine', async (format) => {
    const env = { DOCKER_HOST: 'unix:///nowhere.sock' };
    const args = ['stages', 'examples/fullstack', '--test-target', 'test', '--format', format];
    const { exitCode, stdout } = await stagegate('containerd', args, { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('front');
  });

  it('explains a rule with the text of its page', async () => {
    const { stdout } = await stagegate('containerd', ['explain', 'distroless']);
    expect(await readFile(join(repository, 'docs/rules/distroless.md'), 'utf8')).toContain(stdout.trim());
  });

  it(
    'writes several formats from one run, and nothing to stdout but what was asked',
    () =>
      withProject({ Dockerfile: 'FROM busybox:1.37\nUSER 1000\n' }, async (cwd) => {
        const outputs = ['--output', 'json=r.json', '--output', 'markdown=r.md', '--output', 'text=r.txt'];
        const { exitCode, stdout } = await stagegate('containerd', ['check', '.', '--format', 'markdown', ...outputs], {
          cwd,
        });
        expect(exitCode).toBe(0);
        expect(stdout).toBe(await readFile(join(cwd, 'r.md'), 'utf8'));
        expect(JSON.parse(await readFile(join(cwd, 'r.json'), 'utf8'))).toMatchObject({ verdict: 'pass' });
        expect(await readFile(join(cwd, 'r.txt'), 'utf8')).not.toContain('\u001b');
      }),
    60_000,
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'ends its builds and leaves nothing behind on %s',
    (signal, code) =>
      withProject({ Dockerfile: `FROM busybox:1.37\nRUN echo ${Math.random()} && sleep 60\n` }, async (cwd) => {
        const TMPDIR = await mkdtemp(join(tmpdir(), 'stagegate-signal-'));
        const env = { ...(await engineEnv('containerd')), TMPDIR };
        const child = spawn(process.execPath, [join(repository, 'dist/cli.js'), 'check', '.'], { cwd, env });
        await new Promise((resolve) => setTimeout(resolve, 4000));
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        expect(await ended).toBe(code);
        expect(readdirSync(TMPDIR)).toEqual([]);
      }),
    60_000,
  );
});
