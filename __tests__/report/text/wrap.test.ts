import { describe, expect, it } from '@jest/globals';
import { wrap } from '../../../src/report/text/wrap.ts';

describe('wrap', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['grew by +1.2 MB in all', 12, ['grew by', '+1.2 MB in', 'all']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['', 10, ['']],
  ])('breaks %j at %d columns', (text, width, expected) => {
    expect(wrap(text, width)).toEqual(expected);
  });
});
