import { describe, expect, it } from '@jest/globals';
import { secondsToWait } from '../../src/github/wait-as-told.ts';

const now = 1_000_000_000;

describe('the time that GitHub wants to be left alone', () => {
  it.each([
    [429, { 'retry-after': '7' }, '', 7],
    [403, { 'retry-after': '7' }, '', 7],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30) }, '', 31],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 - 30) }, '', 1],
    [403, {}, 'You have exceeded a secondary rate limit.', 60],
    [429, {}, '', 1],
    [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, '', 1],
    [403, {}, 'Resource not accessible by integration', undefined],
    [500, { 'retry-after': '7' }, '', undefined],
  ])('after %i with %j is %s %s', (status, headers, message, seconds) => {
    expect(secondsToWait(status, headers, message, now)).toBe(seconds);
  });
});
