import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { diffIdFromHex, digestFromHex } from '../../../src/image/digest.ts';
import { LayerIndex } from '../../../src/image/index/layer-index.ts';
import type { LayerContent } from '../../../src/image/read-layer.ts';
import { tableOf } from '../../support/entry-tables.ts';
import { sha256 } from '../../support/image-builder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-index-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const content = (name: string, files = 1): LayerContent => ({
  digest: digestFromHex(sha256(name)),
  blobBytes: 10,
  compression: 'gzip',
  diffId: diffIdFromHex(sha256(`tar of ${name}`)),
  tarBytes: 2048,
  unpackedBytes: files,
  notes: [],
  entries: tableOf(
    Array.from(
      { length: files },
      (_, i) => ({ path: `f${i}`, type: 'file', mode: 0, uid: 0, gid: 0, bytes: 1 }) as const,
    ),
  ),
});

const pathOf = ({ digest }: LayerContent) => join(folder, 'layers', digest.slice(7));

describe('LayerIndex', () => {
  it('finds what it was given, and nothing else', async () => {
    const index = new LayerIndex(folder);
    await index.keep(content('a'));
    expect(await index.find(content('a').digest)).toMatchObject({ diffId: content('a').diffId, unpackedBytes: 1 });
    expect(await index.find(content('b').digest)).toBeNull();
  });

  it('does not believe a file that holds another layer, is damaged or empty', async () => {
    const index = new LayerIndex(folder);
    const [a, b] = [content('a'), content('b')];
    await index.keep(a);
    await index.keep(b);
    await writeFile(pathOf(a), await readFile(pathOf(b)));
    expect(await index.find(a.digest)).toBeNull();
    await writeFile(pathOf(b), '');
    expect(await index.find(b.digest)).toBeNull();
    await index.keep(a);
    expect(await index.find(a.digest)).not.toBeNull();
  });

  it('drops the least recently used layers beyond its bound', async () => {
    const index = new LayerIndex(folder, { bytes: 1500, days: 30 });
    const all = ['a', 'b', 'c', 'd'].map((name) => content(name, 4));
    for (const [age, each] of all.entries()) {
      await index.keep(each);
      const used = new Date(Date.now() - (10 - age) * 60_000);
      await utimes(pathOf(each), used, used);
    }
    const [first] = all;
    // Use makes it the most recent.
    expect(first && (await index.find(first.digest))).not.toBeNull();
    const { size } = await stat(pathOf(content('a')));
    expect(size).toBeGreaterThan(500);
    await index.close();
    expect(await readdir(join(folder, 'layers'))).toEqual(expect.arrayContaining([sha256('a'), sha256('d')]));
    expect(await readdir(join(folder, 'layers'))).toHaveLength(Math.floor(1500 / size));
  });

  it('drops what was not used for long', async () => {
    const index = new LayerIndex(folder, { bytes: 1e9, days: 30 });
    await index.keep(content('old'));
    await index.keep(content('new'));
    const used = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    await utimes(pathOf(content('old')), used, used);
    await index.close();
    expect(await readdir(join(folder, 'layers'))).toEqual([sha256('new')]);
  });

  it('is no error when nothing can be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const index = new LayerIndex(join(folder, 'file'));
    await index.keep(content('a'));
    await index.remember('stamp', content('a').digest);
    expect(await index.find(content('a').digest)).toBeNull();
    expect(await index.recall('stamp')).toBeNull();
    await index.close();
  });

  it('stays whole when many write and read the same layer', async () => {
    const indexes = Array.from({ length: 8 }, () => new LayerIndex(folder));
    await Promise.all(indexes.map((index) => index.keep(content('a', 500))));
    const found = await Promise.all(
      indexes.flatMap((index) => [index.keep(content('a', 500)).then(() => null), index.find(content('a').digest)]),
    );
    expect(found.filter((each) => each !== null)).toHaveLength(8);
    expect(await readdir(join(folder, 'layers'))).toEqual([sha256('a')]);
  });

  it('is for its owner alone', async () => {
    await chmod(folder, 0o755);
    const index = new LayerIndex(join(folder, 'deep', 'index'));
    await index.keep(content('a'));
    const { mode } = await stat(join(folder, 'deep', 'index', 'layers', sha256('a')));
    expect(mode & 0o077).toBe(0);
  });
});
