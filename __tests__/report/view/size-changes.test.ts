import { expect, it } from '@jest/globals';
import { sizeChanges } from '../../../src/report/view/size-changes.ts';
import { createDelta, createPlatform } from '../../support/report.ts';

it('gives every size before and after, and parts that add up to the change', () => {
  const rows = sizeChanges(createPlatform());
  expect(rows.map(({ name }) => name)).toEqual(['unpacked', 'visible', 'wasted', 'download']);
  for (const { before, after, change, base, own } of rows) {
    expect((before ?? 0) + (change ?? 0)).toBe(after);
    expect((base ?? 0) + (own ?? 0)).toBe(change);
  }
  expect(rows[0]).toMatchObject({ before: 56_900_000, after: 58_100_000, change: 1_200_000 });
});

it('claims nothing of what is not known', () => {
  const platform = createPlatform({ delta: createDelta({ base: null, own: null, downloadBytes: null }) });
  expect(sizeChanges(platform)[3]).toEqual({
    name: 'download',
    before: null,
    after: 21_304_118,
    change: null,
    base: null,
    own: null,
  });
});
