import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { baselineArtifact, baselineKey, baselinePrefix, commitOfKey } from '../../src/baseline/cache-key.ts';

const commit = '5f1d7a84b6a58afa0b82c2d60d5cf64c9a7d8a6e';
const subject = {
  image: 'api',
  dockerfile: 'Dockerfile',
  target: undefined,
  variant: undefined,
  platform: 'linux/amd64',
  branch: 'main',
};

describe('the key of a baseline', () => {
  it('can be read by a person', () => {
    expect(baselineKey(subject, commit)).toMatch(
      new RegExp(`^stagegate-baseline-1-api-dockerfile__[.][0-9a-f]{16}-linux_amd64[.][0-9a-f]{16}-main-${commit}$`),
    );
  });

  it('without its commit names the artifact of a run, which each leg of a matrix has of its own', () => {
    const names = ['one', 'two', undefined].map((variant) => baselineArtifact({ ...subject, variant }));
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => !/[":<>|*?\r\n\\/]/.test(name))).toBe(true);
    const long = { ...subject, image: 'i'.repeat(60), platform: 'linux/arm/v7', branch: 'b'.repeat(300) };
    expect(baselineArtifact(long).length).toBeLessThan(250);
  });

  it('gives back its commit under its own prefix, and nothing under any other', () => {
    const prefix = baselinePrefix(subject);
    expect(commitOfKey(baselineKey(subject, commit), prefix)).toBe(commit);
    expect(commitOfKey(`${prefix}zzz`, prefix)).toBeUndefined();
    expect(commitOfKey('node-modules-1', prefix)).toBeUndefined();
  });

  it.each([
    ['main', 'main-2'],
    ['main', 'main/2'],
    ['feature/a', 'feature-a'],
    ['A,B', 'A_B'],
    ['Main', 'main'],
    ['x'.repeat(300), 'x'.repeat(301)],
  ])('of branch %s has a prefix that no key of branch %s begins with', (one, other) => {
    expect(baselineKey({ ...subject, branch: other }, commit)).not.toContain(
      baselinePrefix({ ...subject, branch: one }),
    );
  });

  it('is another one for another target of the same folder, and for another job of a matrix', () => {
    expect(baselineKey({ ...subject, target: 'debug' }, commit)).not.toBe(baselineKey(subject, commit));
    expect(baselineKey({ ...subject, variant: 'alpine' }, commit)).not.toBe(baselineKey(subject, commit));
  });

  it("is one that the service takes, and one subject's alone, whatever the names", () => {
    const name = fc.string({ unit: 'binary', minLength: 1 });
    const subjects = fc.record({
      image: name,
      dockerfile: name,
      target: name,
      variant: name,
      platform: name,
      branch: name,
    });
    fc.assert(
      fc.property(subjects, subjects, (one, other) => {
        expect(baselineKey(one, commit)).toMatch(/^[a-z0-9_.-]{1,350}$/);
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(baselineKey(one, commit).startsWith(baselinePrefix(other))).toBe(false);
      }),
    );
  });
});
