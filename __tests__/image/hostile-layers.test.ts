import { describe, expect, it } from '@jest/globals';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image, LayerEntry } from '../../src/image/image.ts';
import { directory, file, hardlink, image, layer, symlink, whiteout } from '../support/image-builder.ts';

/** Layers as the readers give them; the names are longer than a test would want to write into a tar. */
function layersOf(...lists: readonly (readonly LayerEntry[])[]): Image['layers'] {
  const [model] = image(layer()).layers;
  if (model === undefined) throw new Error('an image of one layer has one layer');
  return lists.map((entries, position) => ({ ...model, position, entries }));
}

const range = (length: number) => Array.from({ length }, (_, i) => i);
const refused = (problem: string) =>
  expect.objectContaining({ name: 'UserError', exitCode: 3, message: expect.stringContaining(problem) });

function expectQuickly(run: () => unknown): ReturnType<typeof expect> {
  return expect(() => {
    const before = process.cpuUsage();
    try {
      run();
    } finally {
      // Processor time: on a busy machine the clock says nothing.
      expect(process.cpuUsage(before).user).toBeLessThan(20_000_000);
    }
  });
}

describe('layers from a stranger', () => {
  it('cannot name a million deep directories in a few thousand entries', () => {
    const deep = 'a/'.repeat(2000);
    const entries = range(2000).map((i) => file(`${i}/${deep}x`, 0).entry);
    expectQuickly(() => applyLayers(layersOf(entries))).toThrow(refused('paths without end'));
  });

  it('cannot use links to go deeper than any name reaches', () => {
    const deep = 'a/'.repeat(2000);
    const entries = range(38).flatMap((i) => [
      symlink(`/l${i}`, i === 0 ? '/' : `l${i - 1}/${deep}`).entry,
      file(`/l${i}/${deep}x`, 0).entry,
    ]);
    expectQuickly(() => applyLayers(layersOf(entries))).toThrow(refused('paths without end'));
  });

  it('cannot use links to give long paths to many short names', () => {
    const deep = `${'n'.repeat(200)}/`.repeat(19);
    const entries = [
      directory(deep).entry,
      symlink('/s', deep).entry,
      ...range(100_000).map((i) => file(`/s/${i}`, 0).entry),
    ];
    expectQuickly(() => applyLayers(layersOf(entries))).toThrow(refused('without end'));
  });

  it('cannot keep the reader busy with following links', () => {
    const detour = './'.repeat(2000);
    const chain = range(40).map((i) => symlink(`/l${i}`, `${detour}${i === 0 ? 'd' : `l${i - 1}`}`).entry);
    const entries = [directory('/d').entry, ...chain, ...range(20_000).map((i) => file(`/l39/${i}`, 0).entry)];
    expectQuickly(() => applyLayers(layersOf(entries))).toThrow(refused('following its links'));
  });

  it('cannot keep the reader busy with hard links through links', () => {
    const detour = './'.repeat(2000);
    const chain = range(40).map((i) => symlink(`/l${i}`, `${detour}${i === 0 ? 'd' : `l${i - 1}`}`).entry);
    const links = range(20_000).map((i) => hardlink(`/h${i}`, '/l39/x').entry);
    expectQuickly(() => applyLayers(layersOf([directory('/d').entry, ...chain, ...links]))).toThrow(
      refused('following its links'),
    );
  });

  it('cannot multiply their entries by being listed again and again', () => {
    const entries = range(10_000).map((i) => file(`/${i}`, 1).entry);
    expectQuickly(() => applyLayers(layersOf(...range(5000).map(() => entries)))).toThrow(
      refused('more than 3000000 entries'),
    );
  });

  it('may use links as far as the kernel follows them', () => {
    const chain = range(40).map((i) => symlink(`/l${i}`, i === 0 ? 'd' : `l${i - 1}`));
    const { files } = applyLayers(
      image(layer(directory('/d'), ...chain, file('/l39/x', 1), file('/l39/x/y', 1))).layers,
    );
    expect(files.get('d/x/y')).toBeDefined();
    expect(files.get('d/x')?.entry.type).toBe('directory');
  });

  it('may whiten out a directory of a hundred thousand names', () => {
    const entries = range(100_000).map((i) => file(`/d/${i}`, 1).entry);
    expect([...applyLayers(layersOf(entries, [whiteout('/d').entry])).files.values()]).toEqual([]);
  });
});
