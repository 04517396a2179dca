import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LayerDelta } from '../../src/compare/delta.ts';
import { lineChanges } from '../../src/compare/line-changes.ts';

const layer = (kind: LayerDelta['kind'], instruction: string, bytes = 0): LayerDelta => ({
  kind,
  bytes,
  origin: 'own',
  instruction,
});

describe('lineChanges', () => {
  it('leaves out what both images have', () => {
    expect(lineChanges([layer('same', 'WORKDIR /app'), layer('changed', 'COPY . .', 5)])).toEqual([
      layer('changed', 'COPY . .', 5),
    ]);
  });

  it('takes one instruction in the place of another of its kind for one edited line', () => {
    const added = { ...layer('added', 'RUN apk add curl git', 60), line: 4, headPosition: 2 };
    const removed = { ...layer('removed', 'RUN apk add curl', -20), line: 4, basePosition: 2 };
    for (const pair of [
      [added, removed],
      [removed, added],
    ]) {
      expect(lineChanges([layer('same', 'FROM x'), ...pair, layer('changed', 'COPY . .')])).toEqual([
        {
          kind: 'edited',
          bytes: 40,
          origin: 'own',
          instruction: 'RUN apk add curl git',
          was: 'RUN apk add curl',
          line: 4,
          headPosition: 2,
          basePosition: 2,
        },
        layer('changed', 'COPY . .'),
      ]);
    }
  });

  it.each<[string, readonly LayerDelta[]]>([
    ['another kind of instruction', [layer('removed', 'COPY a .'), layer('added', 'RUN make')]],
    ['a line of the base', [{ ...layer('removed', 'RUN a'), origin: 'base' }, layer('added', 'RUN b')]],
    ['two new lines for one', [layer('removed', 'RUN a'), layer('added', 'RUN b'), layer('added', 'RUN c')]],
    ['a line elsewhere', [layer('removed', 'RUN a'), layer('same', 'COPY . .'), layer('added', 'RUN b')]],
    ['layers without a history', [layer('removed', ''), layer('added', '')]],
  ])('claims no edit for %s', (_, layers) => {
    expect(lineChanges(layers).map(({ kind }) => kind)).toEqual(
      layers.map(({ kind }) => kind).filter((kind) => kind !== 'same'),
    );
  });

  it('neither loses nor invents a byte', () => {
    const layers = fc.array(
      fc.record({
        kind: fc.constantFrom<LayerDelta['kind']>('same', 'added', 'removed', 'changed'),
        bytes: fc.integer(),
        origin: fc.constantFrom<LayerDelta['origin']>('base', 'own', 'unknown'),
        instruction: fc.constantFrom('RUN a', 'RUN b', 'COPY a b', ''),
      }),
    );
    fc.assert(
      fc.property(layers, (given) => {
        const sum = (rows: readonly { readonly bytes: number }[]) => rows.reduce((all, { bytes }) => all + bytes, 0);
        expect(sum(lineChanges(given))).toBe(sum(given.filter(({ kind }) => kind !== 'same')));
      }),
    );
  });
});
