import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { actionNode } from '../support/runner.ts';
import { hostileCorpus } from './hostile-corpus.ts';
import { wordsOf } from './words-of.ts';

const run = promisify(execFile);

it('reads zstd layers with the Node that actions run on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate-zstd-'));
  try {
    const outfile = join(folder, 'read-corpus.mjs');
    const entryPoints = [join('__tests__', 'image', 'read-corpus.ts')];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
    const images = hostileCorpus().filter(({ needsZstd }) => needsZstd);
    const pathOf = (name: string) => join('__tests__', 'fixtures', 'hostile', `${name}.tar.gz`);
    const { stdout } = await run(await actionNode(), [outfile, ...images.map(({ name }) => pathOf(name))]);
    const outcomes = JSON.parse(stdout);
    expect(images.length).toBeGreaterThan(4);
    for (const { name, expected } of images)
      expect({ name, ...outcomes[pathOf(name)] }).toMatchObject({ name, ...wordsOf(expected) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
