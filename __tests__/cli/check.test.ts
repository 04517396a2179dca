import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { type FakeDocker, fakeDocker } from '../exec/fake-docker.ts';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  program = join(folder, 'cli.mjs');
  await build({
    entryPoints: [new URL('../../src/cli.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let docker: FakeDocker;
afterEach(() => docker.remove());

function check(script: string, args: readonly string[]) {
  docker = fakeDocker(script);
  const child = spawn(process.execPath, [program, 'check', ...args], {
    cwd: folder,
    env: docker.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stderr })),
  );
}

/** docker that gives no answer until it is asked to end, and writes down that it was asked. */
const HANGING = `
  const note = (ending) => writeFileSync(process.env.FAKE_FOLDER + '/' + process.pid + ending, String(process.pid));
  process.on('SIGINT', () => end(130));
  note('.pid');
  setTimeout(() => end(0), 60000);`;

const pids = () =>
  readdirSync(docker.folder)
    .filter((name) => name.endsWith('.pid'))
    .map((name) => Number(readFileSync(join(docker.folder, name), 'utf8')));

describe('a check', () => {
  it.each<[string, string]>([
    ['hangs', HANGING],
    ['fails', `complain('Cannot connect to the Docker daemon at unix:///x.'); end(1)`],
  ])('of a context that is not there is a bad call, also when docker %s', async (_, script) => {
    const { code, stderr } = await check(script, ['nowhere']);
    expect(stderr).toMatch(/^stagegate: .*nowhere.* does not exist/);
    expect(code).toBe(2);
    expect(pids().filter(isAlive)).toEqual([]);
  });

  it('that refuses the Dockerfile does not wait for docker, and leaves nothing of it behind', async () => {
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY --from=nowhere:1 a a\nBOGUS x\n');
    const { code } = await check(HANGING, ['.']);
    expect(code).toBe(1);
    expect(pids().filter(isAlive)).toEqual([]);
  });

  it('without docker says so, and exits with 3', async () => {
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY a a\n');
    docker = fakeDocker('');
    rmSync(join(docker.folder, 'docker'));
    const child = spawn(process.execPath, [program, 'check', '.'], { cwd: folder, env: docker.env });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(3);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
