import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../src/settings/nearest.ts';

const words = ['context', 'file', 'target', 'test-target', 'platforms', 'budget'];

describe('nearest', () => {
  it.each([
    ['contxt', 'context'],
    ['Target', 'target'],
    ['traget', 'target'],
    ['test_target', 'test-target'],
    ['plattform', 'platforms'],
    ['fiel', 'file'],
    ['zzz', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('finds for %p the word %p', (written, word) => {
    expect(nearest(written, words)).toBe(word);
  });
});
