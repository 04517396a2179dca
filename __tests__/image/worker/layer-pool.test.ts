import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { readOciLayout } from '../../../src/image/read-oci-layout.ts';
import { type LayerPool, openLayerPool } from '../../../src/image/worker/layer-pool.ts';
import { UserError } from '../../../src/user-error.ts';
import { file, layer } from '../../support/image-builder.ts';
import { ociLayout } from '../../support/image-files.ts';
import { plainImage } from '../../support/plain-entries.ts';

let folder = '';
let script: URL;
let pool: LayerPool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-pool-'));
  const outfile = join(folder, 'layer-worker.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await build({ entryPoints: ['src/layer-worker.ts'], outfile, bundle: true, platform: 'node', format: 'esm', banner });
  script = pathToFileURL(outfile);
  await ociLayout(join(folder, 'image'), layers, { compress: 'none' });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  pool = openLayerPool(script, 2);
});
afterEach(() => pool.close());

/** Large enough for a thread, and one that is not. */
const layers = [
  layer(file('/a', Buffer.alloc(6_000_000, 'a')), file('/etc/passwd', 'root:x:0:0::/:/bin/sh\n')),
  layer(file('/b', Buffer.alloc(5_000_000, 'b'))),
  layer(file('/c', 10)),
];

describe('openLayerPool', () => {
  it('reads on other threads what is read here', async () => {
    const here = await readOciLayout(join(folder, 'image'));
    const seen: number[] = [];
    const there = await readOciLayout(join(folder, 'image'), {
      readBlob: pool.readBlob,
      onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes),
    });
    expect(plainImage(there)).toEqual(plainImage(here));
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
  });

  it('hashes there', async () => {
    const { layers: read } = await readOciLayout(join(folder, 'image'));
    for (const { digest } of read) {
      const path = join(folder, 'image', 'blobs', 'sha256', String(digest).slice(7));
      const place = { kind: 'file', path, start: 0, bytes: 5_000_000 } as const;
      const request = { name: 'x', onBytes: () => {}, signal: AbortSignal.timeout(20_000) };
      if (digest === read[1]?.digest) expect(await pool.hashBlob({ ...place, bytes: 5_001_728 }, request)).toBe(digest);
    }
  });

  it('gives the mistakes of an image as what they are', async () => {
    await ociLayout(join(folder, 'broken'), layers, { compress: 'none' });
    const { layers: read } = await readOciLayout(join(folder, 'broken'));
    const path = join(folder, 'broken', 'blobs', 'sha256', String(read[0]?.digest).slice(7));
    await truncate(path, 4_500_000);
    const place = { kind: 'file', path, start: 0, bytes: 4_500_000 } as const;
    const request = { name: 'layer 0', onBytes: () => {}, signal: AbortSignal.timeout(20_000) };
    const error = await pool.readBlob(place, request).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message: expect.stringContaining('layer 0'), exitCode: 3 });
  });

  it('stops when asked', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(
      readOciLayout(join(folder, 'image'), { readBlob: pool.readBlob, signal: stop.signal }),
    ).rejects.toThrow(/abort/i);
  });

  it('says so when a thread dies', async () => {
    const dying = openLayerPool(pathToFileURL(join(folder, 'missing.mjs')), 1);
    await expect(readOciLayout(join(folder, 'image'), { readBlob: dying.readBlob })).rejects.toThrow('missing.mjs');
    await dying.close();
  });
});
