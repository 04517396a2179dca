import { describe, expect, it } from '@jest/globals';
import { parseContentRange } from '../../../src/image/registry/content-range.ts';
import { parseRetryAfter } from '../../../src/image/registry/retry-after.ts';

describe('parseContentRange', () => {
  it.each([
    ['bytes 5-9/10', { first: 5, last: 9, total: 10 }],
    ['bytes 0-0/*', { first: 0, last: 0, total: null }],
    [null, null],
    ['', null],
    ['bytes */10', null],
    ['bytes 9-5/10', null],
    ['bytes 5-10/10', null],
    ['bytes -5-9/10', null],
    ['items 5-9/10', null],
    ['bytes 5-99999999999999999999/*', null],
  ])('reads %j', (header, range) => {
    expect(parseContentRange(header)).toEqual(range);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['7', 7000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:30 GMT', 0],
    [null, null],
    ['', null],
    ['-5', null],
    ['soon', null],
    ['1e9', null],
  ])('reads %j', (header, milliseconds) => {
    expect(parseRetryAfter(header, now)).toBe(milliseconds);
  });
});
