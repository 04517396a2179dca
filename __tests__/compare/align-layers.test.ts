import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alignLayers } from '../../src/compare/align-layers.ts';
import type { ProfileLayer } from '../../src/profile/profile.ts';
import { createDigest, createProfileLayer } from '../support/profile.ts';

function layers(...specs: readonly [content: number, instruction: string, bytes: number][]): ProfileLayer[] {
  return specs.map(([content, instruction, unpackedBytes], position) =>
    createProfileLayer({ position, diffId: createDigest(content), instruction, unpackedBytes }),
  );
}

describe('alignLayers', () => {
  it('calls layers of equal content the same', () => {
    const both = layers([1, 'COPY a /', 10], [2, 'COPY b /', 20]);
    expect(alignLayers(both, both).map((row) => row.kind)).toEqual(['same', 'same']);
  });

  it('shows a line inserted in the middle as one added layer, not as a shift of all below it', () => {
    const base = layers([1, 'COPY a /', 10], [3, 'COPY c /', 30]);
    const head = layers([1, 'COPY a /', 10], [2, 'RUN b', 20], [3, 'COPY c /', 30]);
    expect(alignLayers(base, head)).toMatchObject([
      { kind: 'same', basePosition: 0, headPosition: 0 },
      { kind: 'added', bytes: 20, headPosition: 1 },
      { kind: 'same', basePosition: 1, headPosition: 2 },
    ]);
  });

  it('pairs a line whose content changed with itself', () => {
    const base = layers([1, 'COPY a /', 10], [2, 'RUN b', 20]);
    const head = layers([1, 'COPY a /', 10], [9, 'RUN b', 25]);
    expect(alignLayers(base, head)[1]).toMatchObject({ kind: 'changed', bytes: 5, basePosition: 1, headPosition: 1 });
  });

  it('shows a line taken away where it stood', () => {
    const base = layers([1, 'COPY a /', 10], [2, 'RUN b', 20], [3, 'COPY c /', 30]);
    const head = layers([1, 'COPY a /', 10], [3, 'COPY c /', 30]);
    expect(alignLayers(base, head).map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['same', 0],
      ['removed', -20],
      ['same', 0],
    ]);
  });

  it('keeps an edited line apart from the one it replaced', () => {
    const base = layers([1, 'RUN apt-get install a', 10]);
    const head = layers([2, 'RUN apt-get install a b', 15]);
    expect(alignLayers(base, head).map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['added', 15],
      ['removed', -10],
    ]);
  });

  it('accounts for every layer once and for every byte of the change', () => {
    const arbitrary = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom('COPY a /', 'RUN b', 'RUN c'), fc.nat(1000)),
      { maxLength: 8 },
    );
    const sum = (of: readonly { unpackedBytes: number }[]): number => of.reduce((n, each) => n + each.unpackedBytes, 0);
    fc.assert(
      fc.property(arbitrary, arbitrary, (before, after) => {
        const base = layers(...before);
        const head = layers(...after);
        const rows = alignLayers(base, head);
        expect(rows.flatMap((row) => row.headPosition ?? [])).toEqual(head.map((layer) => layer.position));
        expect(rows.flatMap((row) => row.basePosition ?? []).sort()).toEqual(
          base.map((layer) => layer.position).sort(),
        );
        expect(rows.reduce((n, row) => n + row.bytes, 0)).toBe(sum(head) - sum(base));
      }),
    );
  });
});
