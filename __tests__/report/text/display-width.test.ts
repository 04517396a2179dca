import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayWidth, splitAt, truncate } from '../../../src/report/text/display-width.ts';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['漢字', 4],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['é', 1],
    ['e\u{301}', 1],
    ['👩🏽', 2],
    ['🇨🇭', 2],
    ['⚠\u{fe0f}', 2],
    ['✔', 1],
    ['█░', 2],
  ])('is the columns of %j: %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncate', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['漢字漢字', 5, '漢字…'],
    ['漢字漢字', 4, '漢…'],
    ['e\u{301}e\u{301}e\u{301}', 2, 'e\u{301}…'],
    ['abc', 0, ''],
  ])('cuts %j to %d columns: %j', (text, width, expected) => {
    expect(truncate(text, width)).toBe(expected);
  });

  it('never takes more columns than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('splitAt', () => {
  it('loses nothing and keeps each piece within the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const pieces = splitAt(text, width);
        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => displayWidth(piece) <= width)).toBe(true);
      }),
    );
  });
});
