import { describe, expect, it } from '@jest/globals';
import { verifyEntry } from '../../src/baseline/verify-entry.ts';

const verify = (refs: readonly string[], ref = 'refs/pull/7/merge') =>
  verifyEntry('key', {
    ref,
    baseRef: 'refs/heads/main',
    listEntries: async () => ({ entries: refs.map((each) => ({ ref: each, key: 'key' })) }),
  });

describe('verifyEntry', () => {
  it.each([
    ['verified', 'the base branch alone', ['refs/heads/main']],
    ['verified', 'the default branch alone', ['refs/heads/trunk']],
    ['verified', 'the base branch and another pull request', ['refs/pull/8/merge', 'refs/heads/main']],
    ['refused', 'this pull request', ['refs/pull/7/merge']],
    ['refused', 'both the base branch and this pull request', ['refs/heads/main', 'refs/pull/7/merge']],
    ['unverified', 'nobody, says the list', []],
    ['unverified', 'another pull request alone', ['refs/pull/8/merge']],
  ])('is %s when it was recorded by %s', async (kind, _, refs) => {
    expect((await verify(refs)).kind).toBe(kind);
  });

  it('trusts the own scope of a run of the base branch itself', async () => {
    expect((await verify(['refs/heads/main'], 'refs/heads/main')).kind).toBe('verified');
  });

  it('refuses what a run of a merge queue recorded for itself', async () => {
    const queue = 'refs/heads/gh-readonly-queue/main/pr-7-abc';
    expect(await verify([queue, 'refs/heads/main'], queue)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(queue),
    });
  });

  it('counts only the very key, of all that the list has', async () => {
    const listEntries = async () => ({ entries: [{ ref: 'refs/pull/7/merge', key: 'key-longer' }] });
    const verification = await verifyEntry('key', {
      ref: 'refs/pull/7/merge',
      baseRef: 'refs/heads/main',
      listEntries,
    });
    expect(verification.kind).toBe('unverified');
  });
});
