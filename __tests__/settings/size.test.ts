import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseGrowth, parseSize, percentPattern, SizeError, sizePattern } from '../../src/settings/size.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

describe('parseSize', () => {
  it.each([
    ['50MB', 50_000_000],
    ['50MiB', 52_428_800],
    ['47.7MiB', 50_017_075],
    ['1_500_000', 1_500_000],
    ['1_500.5 kB', 1_500_500],
    ['0', 0],
    ['0.5B', 1],
    ['0.4B', 0],
    ['  12 KiB ', 12_288],
    ['1GB', 1_000_000_000],
    ['1GiB', 1_073_741_824],
    ['007B', 7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    [1_500_000, 1_500_000],
  ])('reads %p as %p bytes', (written, bytes) => {
    expect(parseSize(written)).toBe(bytes);
  });

  it.each([
    ['', 'an empty text is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    ['50M', '`50M` has an unknown unit; write 50MB (10^6 bytes) or 50MiB (2^20 bytes)'],
    ['50mb', '`50mb` has an unknown unit; write 50MB (10^6 bytes) or 50MiB (2^20 bytes)'],
    ['50 Mi', '`50 Mi` has an unknown unit; write 50MiB (2^20 bytes)'],
    ['3g', '`3g` has an unknown unit; write 3GB (10^9 bytes) or 3GiB (2^30 bytes)'],
    ['1.5', '`1.5` has no unit; write one, such as 1.5MB'],
    ['1,5MB', '`1,5MB` has a comma; write 1.5MB for a fraction, 1_500_000 for thousands'],
    ['-5MB', '`-5MB` is below zero; a size is 0 or more, such as 50MB'],
    ['5%', '`5%` is a percentage, which only max-growth takes; write a size such as 50MB'],
    ['lots', '`lots` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    ['1__0', '`1__0` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    ['_1', '`_1` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    ['0x10', '`0x10` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    ['٥MB', '`٥MB` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    ['9007199254740992', '`9007199254740992` is too large for a size; the largest is 8388607GiB'],
    ['8388608GiB', '`8388608GiB` is too large for a size; the largest is 8388607GiB'],
    [1.5, '`1.5` has no unit; write one, such as 1.5MB'],
    [Number.NaN, '`NaN` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
    [1e21, '`1e+21` is not a size; write a number with a unit, such as 50MB or 47.7MiB'],
  ])('refuses %p and says what would be right', (written, message) => {
    expect(() => parseSize(written)).toThrow(new SizeError(message));
  });

  it('agrees with exact arithmetic for every number of thousandths in every unit', () => {
    const thousandths = fc.integer({ min: 0, max: 9_000_000 });
    fc.assert(
      fc.property(thousandths, fc.constantFrom(...Object.keys(units).filter(Boolean)), (number, unit) => {
        const written = `${Math.floor(number / 1000)}.${String(number % 1000).padStart(3, '0')}${unit}`;
        const exact = (2n * BigInt(number) * BigInt(units[unit] ?? 0) + 1000n) / 2000n;
        expect(parseSize(written)).toBe(Number(exact));
      }),
    );
  });

  it('reads whole numbers alike with and without underscores and space', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_000_000 }), fc.constantFrom(...Object.keys(units)), (number, unit) => {
        const grouped = String(number).replace(/\B(?=(\d{3})+$)/g, '_');
        expect(parseSize(`${grouped} ${unit}`)).toBe(number * (units[unit] ?? 0));
        expect(parseSize(`${number}${unit}`)).toBe(number * (units[unit] ?? 0));
      }),
    );
  });

  it('gives whole bytes or a SizeError of one line for any text, exactly as the published pattern says', () => {
    const near = fc.stringMatching(/^[0-9_.,%+ -]{0,8}[kKMGmgTi]{0,2}[Bb]?$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (written) => {
        const matches = new RegExp(sizePattern).test(written.trim());
        try {
          const bytes = parseSize(written);
          expect(Number.isSafeInteger(bytes) && bytes >= 0 && matches).toBe(true);
        } catch (error) {
          if (!(error instanceof SizeError)) throw error;
          expect(error.message).not.toMatch(/[\n\r\u{1b}\u{202e}]/u);
          expect(matches && !error.message.includes('too large')).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('parseGrowth', () => {
  it.each([
    ['5%', { percent: 5 }],
    ['0.5 %', { percent: 0.5 }],
    ['1_000%', { percent: 1000 }],
    ['0%', { percent: 0 }],
    ['2MB', { bytes: 2_000_000 }],
    ['0', { bytes: 0 }],
    [2048, { bytes: 2048 }],
  ])('reads %p as %p', (written, growth) => {
    expect(parseGrowth(written)).toEqual(growth);
  });

  it.each(['%', '-5%', '5%%', '5,5%', '1e3%', '.5%', 'five%'])('refuses %p', (written) => {
    expect(new RegExp(percentPattern).test(written)).toBe(false);
    expect(() => parseGrowth(written)).toThrow(
      new SizeError(`\`${written}\` is not a percentage; write a number and a percent sign, such as 5% or 0.5%`),
    );
  });
});
