import { expect, it } from '@jest/globals';
import { cutToWidth } from '../../../src/build/progress/text-width.ts';

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['日本語', 6, '日本語'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
  ['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
  ['🚀🚀', 3, '🚀…'],
  ['', 0, ''],
])('cuts %j to %d cells: %j', (line, columns, expected) => {
  expect(cutToWidth(line, columns)).toBe(expected);
});
