import { describe, expect, it } from '@jest/globals';
import { describeAge } from '../../../src/report/view/describe-age.ts';

const now = '2026-11-03T09:10:00Z';

describe('describeAge', () => {
  it.each([
    ['2026-11-03T09:10:00Z', 'just recorded'],
    ['2026-11-03T09:09:00Z', '1 minute old'],
    ['2026-11-03T08:10:01Z', '59 minutes old'],
    ['2026-11-03T10:00:00+02:00', '1 hour old'],
    ['2026-11-01T09:10:01Z', '47 hours old'],
    ['2026-11-01T09:10:00Z', '2 days old'],
    ['2025-11-03T09:10:00Z', '365 days old'],
    ['2026-11-03T09:10:01Z', undefined],
    ['yesterday', undefined],
  ])('says of %s: %s', (recordedAt, expected) => {
    expect(describeAge(recordedAt, now)).toBe(expected);
  });
});
