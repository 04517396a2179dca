import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { build } from 'esbuild';

const run = promisify(execFile);
let folder = '';
let script = '';

/** The reader runs in a process of its own: its peak of memory is its own, and running out of it is seen. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-bomb-'));
  script = join(folder, 'read-bomb.mjs');
  const entryPoints = [join('__tests__', 'image', 'read-bomb.ts')];
  await build({ entryPoints, outfile: script, bundle: true, platform: 'node', format: 'esm' });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(kind: string, heap: number): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, [`--max-old-space-size=${heap}`, script, kind, folder]);
  if (process.env.STAGEGATE_SHOW_STEPS) process.stderr.write(`${kind}: ${stdout}\n`);
  return JSON.parse(stdout);
}

const megabytes = (count: number) => count * 1_000_000;

it('weighs a 10 GB file of zeros in 10 MB to the byte', async () => {
  const outcome = await read('zeros', 100);
  expect(outcome).toMatchObject({ unpackedBytes: 10_000_000_000, visibleBytes: 10_000_000_000, files: 1 });
  expect(outcome.writtenBytes).toBeLessThan(megabytes(10.5));
  expect(outcome.peakBytes).toBeLessThan(megabytes(256));
}, 300_000);

it('refuses 5 000 000 entries while memory lasts', async () => {
  const outcome = await read('entries', 1500);
  expect(outcome).toMatchObject({ exitCode: 3, refusal: expect.stringContaining('more than 3000000 entries') });
  expect(outcome.peakBytes).toBeLessThan(megabytes(1000));
}, 180_000);
