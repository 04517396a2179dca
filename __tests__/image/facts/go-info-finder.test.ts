import { describe, expect, it } from '@jest/globals';
import { goMagic } from '../../../src/image/facts/go-build-info.ts';
import { GoInfoFinder } from '../../../src/image/facts/go-info-finder.ts';

/** A file of 400 bytes with the magic at 96, handed over in slices of this size. */
function find(ranges: readonly { readonly offset: number; readonly bytes: number }[], sliceBytes: number) {
  const content = Buffer.alloc(400);
  goMagic.copy(content, 96);
  const finder = new GoInfoFinder(ranges);
  for (let at = 0; at < content.length; at += sliceBytes) finder.update(content.subarray(at, at + sliceBytes), at);
  return finder.found?.subarray(0, goMagic.length);
}

describe('GoInfoFinder', () => {
  it.each([1, 7, 100, 400])(
    'finds the magic where segments overlap, end within it or come in any order, by %d bytes',
    (size) => {
      expect(
        find(
          [
            { offset: 0, bytes: 100 },
            { offset: 50, bytes: 350 },
          ],
          size,
        ),
      ).toEqual(goMagic);
      expect(find([{ offset: 0, bytes: 400 }], size)).toEqual(goMagic);
      expect(
        find(
          [
            { offset: 90, bytes: 300 },
            { offset: 0, bytes: 200 },
          ],
          size,
        ),
      ).toEqual(goMagic);
      expect(
        find(
          Array.from({ length: 70 }, () => ({ offset: 80, bytes: 320 })),
          size,
        ),
      ).toEqual(goMagic);
      expect(
        find(
          [
            { offset: 200, bytes: 200 },
            { offset: 0, bytes: 90 },
          ],
          size,
        ),
      ).toBeUndefined();
    },
  );

  it('searches no byte twice, however many segments claim it', () => {
    let searched = 0;
    const slice = new Proxy(Buffer.alloc(4096), {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (key !== 'subarray') return typeof value === 'function' ? value.bind(target) : value;
        return (from: number, to: number) => {
          searched += to - from;
          return target.subarray(from, to);
        };
      },
    });
    new GoInfoFinder(Array.from({ length: 70 }, () => ({ offset: 0, bytes: 4096 }))).update(slice, 0);
    expect(searched).toBe(4096);
  });
});
