import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readArchive } from '../../src/image/read-archive.ts';
import { ReadingBounds } from '../../src/image/reading-bounds.ts';
import { file } from '../support/image-builder.ts';
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
    const entries = new Array(1_600_000).fill(file('/a', 0).entry);
    const bounds = new ReadingBounds('the image');
    bounds.addEntries({ entries });
    expect(() => bounds.addEntries({ entries })).toThrow('its layers hold more than 3000000 entries');
    const named = [{ ...file('/a', 0).entry, path: 'n'.repeat(200_000_000) }];
    const names = new ReadingBounds('the image');
    names.addEntries({ entries: named });
    names.addEntries({ entries: named });
    expect(() => names.addEntries({ entries: named })).toThrow('its names take more than 512 MiB');
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
      const { blobs } = await readArchive(chunks(), () => {}, new ReadingBounds('the archive', freeBytes));
      return blobs.map((blob) => (blob.kind === 'broken' ? String(blob.error) : blob.kind));
    } catch (error) {
      return [String(error)];
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
