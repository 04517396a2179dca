import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LayerIndex } from '../../../src/image/index/layer-index.ts';
import { readWithIndex } from '../../../src/image/index/read-with-index.ts';
import { hashBlobHere, readBlobHere } from '../../../src/image/read-blob.ts';
import { readOciLayout } from '../../../src/image/read-oci-layout.ts';
import { file, layer } from '../../support/image-builder.ts';
import { ociLayout } from '../../support/image-files.ts';
import { plainImage } from '../../support/plain-entries.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-indexed-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const layers = [layer(file('/a', 10_000)), layer(file('/b', 20_000))];

/** Ten seconds later than now: the files just written are old enough to be recognised. */
const later = () => Date.now() + 10_000;

/** Reads a layout through an index, and says what was done to its two blobs. */
async function read(name: string, now = later) {
  const done: string[] = [];
  const index = new LayerIndex(join(folder, 'index'));
  const readBlob = readWithIndex({
    index,
    now,
    readBlob: (...asked) => {
      done.push('read');
      return readBlobHere(...asked);
    },
    hashBlob: (...asked) => {
      done.push('hash');
      return hashBlobHere(...asked);
    },
  });
  const seen: number[] = [];
  const image = await readOciLayout(join(folder, name), {
    readBlob,
    onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes),
  });
  expect(seen.at(-1)).toBe(1);
  return { image: plainImage(image), done };
}

describe('readWithIndex', () => {
  beforeEach(async () => {
    await ociLayout(join(folder, 'one'), layers);
  });

  it('reads once; then neither unpacks the same blobs in new files, nor opens the same files', async () => {
    const first = await read('one');
    expect(first.done).toEqual(['read', 'read']);
    expect(await read('one')).toEqual({ image: first.image, done: [] });
    await cp(join(folder, 'one'), join(folder, 'two'), { recursive: true });
    expect(await read('two')).toEqual({ image: first.image, done: ['hash', 'hash'] });
    expect(await read('two')).toEqual({ image: first.image, done: [] });
  });

  it('reads a changed layer only', async () => {
    await read('one');
    const [lower = layer()] = layers;
    await ociLayout(join(folder, 'two'), [lower, layer(file('/c', 5))]);
    expect((await read('two')).done.sort()).toEqual(['hash', 'read']);
  });

  it('does not trust the times of a file that was written just now', async () => {
    await read('one', Date.now);
    expect((await read('one', Date.now)).done).toEqual(['hash', 'hash']);
  });

  it('sees a blob whose bytes were changed under the same name, size and time', async () => {
    const { image } = await read('one');
    const path = join(folder, 'one', 'blobs', 'sha256', String(image.layers[1]?.digest).slice(7));
    const bytes = await readFile(path);
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
    await writeFile(path, bytes);
    await utimes(path, new Date(0), new Date(0));
    await expect(read('one')).rejects.toThrow(/Verifying layer 1|damaged/);
  });

  it('does not believe an image that claims the diff ID or digest of a known layer', async () => {
    await read('one');
    await ociLayout(join(folder, 'other'), [layer(file('/evil', 10_000))]);
    const blobs = join(folder, 'other', 'blobs', 'sha256');
    const known = new Set(await readdir(join(folder, 'index', 'layers')));
    const [claimed = ''] = known;
    // The same name, another content.
    await writeFile(join(blobs, claimed), 'not what it says');
    const { image } = await read('other');
    expect(image.layers.map(({ entries }) => [...entries].map(({ path }) => path))).toEqual([['evil']]);
  });

  it('reads again what the index lost', async () => {
    const { image } = await read('one');
    for (const name of await readdir(join(folder, 'index', 'layers')))
      await writeFile(join(folder, 'index', 'layers', name), 'damaged');
    expect(await read('one')).toEqual({ image, done: ['read', 'read'] });
    expect((await read('one')).done).toEqual([]);
  });
});
