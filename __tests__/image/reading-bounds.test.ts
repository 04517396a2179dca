import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { ArchiveFile } from '../../src/image/archive.ts';
import { readArchive } from '../../src/image/read-archive.ts';
import { ReadingBounds } from '../../src/image/reading-bounds.ts';
import { tar } from '../support/tar-writer.ts';

const gibibyte = 1024 ** 3;

describe('ReadingBounds', () => {
  it.each([
    [0, 16, true],
    [0, 17, false],
    [0.1, 19, true],
    [0.1, 21, false],
    [100, 20_000, true],
  ])('of %f GiB that unpack to %i GiB says %s', (read, unpacked, isFine) => {
    const bounds = new ReadingBounds('the layer');
    bounds.addRead(read * gibibyte);
    const add = expect(() => bounds.addUnpacked(unpacked * gibibyte));
    if (isFine) add.not.toThrow();
    else add.toThrow('Reading the layer: it unpacks to more than 17179869184 bytes and 200 times its size');
  });

  it('counts the entries and names of all layers together', () => {
    const entries = { length: 1_600_000, nameBytes: 1 };
    const bounds = new ReadingBounds('the image');
    bounds.addEntries(entries);
    expect(() => bounds.addEntries(entries)).toThrow('its layers hold more than 3000000 entries');
    const named = { length: 1, nameBytes: 200_000_000 };
    const names = new ReadingBounds('the image');
    names.addEntries(named);
    names.addEntries(named);
    expect(() => names.addEntries(named)).toThrow('its names take more than 512 MiB');
  });
});

describe('an archive', () => {
  const zeros = Buffer.alloc(1_000_000);
  const layer = gzipSync(tar([{ name: 'zeros', body: zeros }]));
  /** What became of each file of it, or of the whole. */
  async function read(bytes: Buffer, freeBytes: number): Promise<readonly string[]> {
    async function* chunks() {
      yield bytes;
    }
    try {
      const { files } = await readArchive(chunks(), () => {}, new ReadingBounds('the archive', freeBytes));
      return await Promise.all(files.map(outcome));
    } catch (error) {
      return [String(error)];
    }
  }
  async function outcome(archived: ArchiveFile): Promise<string> {
    try {
      await archived.layerPlace('it');
      return 'layer';
    } catch (error) {
      return String(error);
    }
  }
  const layersIn = (count: number) => tar(Array.from({ length: count }, (_, i) => ({ name: `${i}`, body: layer })));
  const isRefused = expect.stringContaining('Reading the archive: it unpacks to more than');

  it('may hold what unpacks to the bound, and no more, all layers together', async () => {
    expect(await read(layersIn(3), 3_500_000)).toEqual(['layer', 'layer', 'layer']);
    expect(await read(layersIn(4), 2_500_000)).toContainEqual(isRefused);
  });

  it('cannot hide that by packing it all once more', async () => {
    const packed = gzipSync(layersIn(500));
    expect(packed.length).toBeLessThan(20_000);
    expect(await read(packed, 5_000_000)).toContainEqual(isRefused);
  });
});
