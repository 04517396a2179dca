import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

const limit = 256 * 1024 * 1024;
let folder = '';
let script = '';

/** The readers run in a process of their own, so that its peak is theirs alone. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-memory-'));
  script = join(folder, 'read-large-layer.mjs');
  await build({
    entryPoints: [join('__tests__', 'image', 'read-large-layer.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

type Outcome = { readonly unpackedBytes: number; readonly peakBytes: number };

function readLargeLayer(kind: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--max-old-space-size=160', script, kind, join(folder, kind)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out));
      else reject(new Error(`the reader ended with ${code}`));
    });
  });
}

describe('a single layer of 2 GB', () => {
  it.each([
    ['gzip in an OCI layout', 'layout'],
    ['plain in a docker save stream', 'save'],
    ['plain in a docker save stream that comes slowly', 'slow-save'],
    ['gzip in a docker save stream', 'gzip-save'],
  ])(
    'is read within 256 MB: %s',
    async (_, kind) => {
      const { unpackedBytes, peakBytes } = await readLargeLayer(kind);
      expect(unpackedBytes).toBe(2_000_000_000);
      expect(peakBytes).toBeLessThan(limit);
    },
    600_000,
  );
});
