import { describe, expect, it } from '@jest/globals';
import { formatBytes } from '../../src/report/format-bytes.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [12_345, '12.3 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [58_100_000, '58.1 MB'],
    [1_200_000_000, '1.20 GB'],
    [5_000_000_000_000_000, '5000.00 TB'],
    [-3_000, '−3.0 kB'],
  ])('writes %d as %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  it.each([
    [21_400_000, '+21.4 MB'],
    [-3_000, '−3.0 kB'],
    [0, '±0 B'],
  ])('writes the change %d as %s', (bytes, expected) => {
    expect(formatBytes(bytes, { sign: true })).toBe(expected);
  });
});
