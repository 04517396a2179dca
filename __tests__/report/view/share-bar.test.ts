import { describe, expect, it } from '@jest/globals';
import { shareBar } from '../../../src/report/view/share-bar.ts';

describe('shareBar', () => {
  it.each([
    [0, 10, ''],
    [1, 64, '▏'],
    [5, 10, '████'],
    [10, 10, '████████'],
    [3, 0, ''],
  ])('of %d in %d', (part, whole, bar) => {
    expect(shareBar(part, whole, 8)).toBe(bar);
  });

  it('is never longer than its cells, whatever a part claims', () => {
    expect(shareBar(Number.MAX_SAFE_INTEGER, 1, 8)).toBe('████████');
  });
});
