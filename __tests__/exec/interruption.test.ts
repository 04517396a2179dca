import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { type FakeDocker, fakeDocker } from './fake-docker.ts';

let bundles: string;
let program: string;
beforeAll(async () => {
  bundles = mkdtempSync(join(tmpdir(), 'interrupted-run-'));
  program = join(bundles, 'run.mjs');
  await build({
    entryPoints: [new URL('./interrupted-run.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}, 60_000);
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

let docker: FakeDocker;
let temporary: string;
let run: ChildProcess | undefined;
beforeEach(() => {
  temporary = join(bundles, 'tmp');
  mkdirSync(temporary, { recursive: true });
});
afterEach(() => {
  run?.kill('SIGKILL');
  docker.remove();
});

/** docker that starts a child of its own, as the real one starts its plugin, and writes down both. */
const hanging = (onInterrupt: string, ofPlugin = onInterrupt) => `
  const { spawn } = require('node:child_process');
  const loop = "process.on('SIGINT', () => { ${ofPlugin} }); setInterval(() => {}, 1000)";
  const plugin = spawn(process.execPath, ['-e', loop], { stdio: 'inherit' });
  process.on('SIGINT', () => { ${onInterrupt} });
  setTimeout(() => writeFileSync(process.env.FAKE_FOLDER + '/' + process.pid + '.pids', process.pid + ' ' + plugin.pid), 200);
  setInterval(() => {}, 1000);`;

async function interrupt(script: string, options: { phase?: string; signal?: NodeJS.Signals; children: number }) {
  docker = fakeDocker(script);
  const env = { ...docker.env, TMPDIR: temporary };
  const child = spawn(process.execPath, [program, options.phase ?? 'build'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  run = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => pids().length === options.children * 2);
  const inTemporary = readdirSync(temporary);
  const started = Date.now();
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill(options.signal ?? 'SIGINT');
  const code = await exit;
  return { code, said, inTemporary, ms: Date.now() - started };
}

const pids = () =>
  readdirSync(docker.folder)
    .filter((name) => name.endsWith('.pids'))
    .flatMap((name) => readFileSync(join(docker.folder, name), 'utf8').split(' ').map(Number));

describe('a run that is interrupted', () => {
  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])(
    'by %s ends its builds and what they started, removes its files and exits with %d',
    async (signal, expected) => {
      const { code, said, inTemporary } = await interrupt(hanging('process.exit(1)'), { signal, children: 2 });
      expect(code).toBe(expected);
      expect(said).toBe(`interrupted by ${signal}\n`);
      expect(inTemporary).toEqual([expect.stringMatching(/^stagegate-/)]);
      expect(readdirSync(temporary)).toEqual([]);
      await until(() => pids().every(isGone));
    },
    30_000,
  );

  it('ends with force what does not heed the interrupt', async () => {
    const { code, ms } = await interrupt(hanging(''), { children: 2 });
    expect(code).toBe(130);
    expect(ms).toBeGreaterThan(3500);
    await until(() => pids().every(isGone));
  }, 30_000);

  it('ends questions to docker that are not answered', async () => {
    const { code, said } = await interrupt(hanging('plugin.kill(); process.exit(1)', 'process.exit(1)'), {
      phase: 'probe',
      children: 2,
    });
    expect(code).toBe(130);
    expect(said).toBe('interrupted by SIGINT\n');
    await until(() => pids().every(isGone));
  }, 30_000);
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody has waited for yet still has its number.
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
