import { describe, expect, it } from '@jest/globals';
import { complaintIn, lastAttemptIn } from '../../src/baseline/cache-complaint.ts';

describe("the complaint in the library's log", () => {
  it.each([
    ['nothing, when all went well', ['Cache hit for: key\n', '::debug::Cache Paths:\n'], undefined],
    ['a warning', ['::warning::Failed to restore: no%0Aand more\n'], 'no'],
    ['an error', ['::error::Failed to save: 100%25 full\n'], '100% full'],
    ['a plain line', ['Failed to save: Unable to reserve cache\n'], 'Unable to reserve cache'],
    [
      'the cause before what the library makes of it',
      ['::debug::Failed to reserve cache: Error: (409) Conflict\n', 'Failed to save: another job may be at it.\n'],
      '(409) Conflict',
    ],
    ['a warning of a wording that we do not know', ['::warning::the moon is full\n'], 'the moon is full'],
  ])('is %s', (_, heard, complaint) => {
    expect(complaintIn(heard)).toBe(complaint);
  });

  it('is short, however long the service speaks', () => {
    expect(complaintIn([`::warning::Failed to save: ${'x'.repeat(5000)}`])).toHaveLength(300);
  });

  it('is not a try that was made again, which is told apart', () => {
    const heard = [1, 2].map((n) => `Attempt ${n} of 5 failed with error: (50${n}). Retrying request in 3000 ms...\n`);
    expect(complaintIn(heard)).toBeUndefined();
    expect(lastAttemptIn(heard)).toBe('(502)');
  });
});
