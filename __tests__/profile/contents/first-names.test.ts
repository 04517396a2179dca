import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyLayers } from '../../../src/image/apply-layers.ts';
import { FirstNames } from '../../../src/profile/contents/first-names.ts';
import { LargestDirectories } from '../../../src/profile/contents/largest-directories.ts';
import { file, hardlink, image, layer, symlink, whiteout } from '../../support/image-builder.ts';

const name = fc.constantFrom('a', 'b', 'd/c', 'd/e', 'd/f/g', 'h/i', 'h-i', 'l/m');
const entry = fc.oneof(
  fc.tuple(name, fc.nat(50)).map(([path, bytes]) => file(path, bytes)),
  fc.tuple(name, name).map(([path, target]) => hardlink(path, target)),
  name.map((path) => whiteout(path)),
  fc.constant(symlink('l', 'd')),
);
const images = fc
  .array(
    fc.array(entry, { maxLength: 10 }).map((entries) => layer(...entries)),
    { minLength: 1, maxLength: 4 },
  )
  .map((layers) => image(...layers));

it('the bytes of the names that count are those that are visible', () => {
  fc.assert(
    fc.property(images, ({ layers }) => {
      const filesystem = applyLayers(layers);
      const names = new FirstNames(filesystem.files);
      const counted = [...filesystem.files.values()].filter((node) => names.isFirst(node));
      expect(counted.reduce((sum, { body }) => sum + (body?.entry.bytes ?? 0), 0)).toBe(filesystem.visibleBytes);
    }),
    { numRuns: 500 },
  );
});

it('a directory has the bytes of all that lies below it', () => {
  fc.assert(
    fc.property(images, ({ layers }) => {
      const filesystem = applyLayers(layers);
      const directories = new LargestDirectories(1000);
      const files = [...filesystem.files.values()].filter(({ body }) => body !== null);
      for (const { path, body } of files)
        directories.add(path.slice(0, Math.max(0, path.lastIndexOf('/'))), body?.entry.bytes ?? 0);
      const list = directories.finish();
      for (const found of list) {
        const below = files.filter(({ path }) => `/${path}`.startsWith(`${found.path}/`));
        expect(found.files).toBe(below.length);
        expect(found.bytes).toBe(below.reduce((sum, { body }) => sum + (body?.entry.bytes ?? 0), 0));
      }
      expect(list.map(({ bytes }) => bytes)).toEqual(list.map(({ bytes }) => bytes).sort((one, other) => other - one));
      expect(new Set(list.map(({ path }) => path)).size).toBe(list.length);
    }),
    { numRuns: 500 },
  );
});
