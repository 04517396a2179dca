import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions } from '../../../src/compare/versions/compare-versions.ts';
import type { Package } from '../../../src/profile/profile.ts';

/** Each list oldest first. */
const ascending: readonly (readonly [Package['type'], readonly string[]])[] = [
  [
    'deb',
    [
      '1.0~~',
      '1.0~rc1-1',
      '1.0',
      '1.0-1',
      '1.0-1+deb12u1',
      '1.0-1.1',
      '1.0a',
      '1.0+dfsg',
      '1.1',
      '1.9',
      '1.10',
      '1:0.1',
      '2:0',
    ],
  ],
  ['deb', ['2.36-9+deb12u4', '2.36-9+deb12u10', '2.36-10']],
  [
    'apk',
    [
      '0.9',
      '1.0_alpha',
      '1.0_alpha1',
      '1.0_beta',
      '1.0_pre2',
      '1.0_rc1',
      '1.0',
      '1.0-r1',
      '1.0-r10',
      '1.0_git20240101',
      '1.0_p1',
      '1.0_p2-r0',
      '1.0a',
      '1.0.1',
      '1.05',
      '1.1',
      '1.10',
      '006',
    ],
  ],
  [
    'rpm',
    ['1.0~rc1', '1.0~rc2', '1.0', '1.0^git1', '1.0a', '1.0.1', '1.0.10', '2.0-1.el9', '2.0-2.el9', '10', '1:0.1-1'],
  ],
  [
    'npm',
    [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.2.0',
      '1.10.0',
      '10.0.0',
    ],
  ],
  [
    'pypi',
    [
      '1.0.dev1',
      '1.0a1.dev2',
      '1.0a1',
      '1.0a2',
      '1.0b1',
      '1.0rc1',
      '1.0',
      '1.0+local',
      '1.0+1',
      '1.0.post1.dev1',
      '1.0.post1',
      '1.0.1',
      '1.9',
      '1.10',
      '1!0.1',
    ],
  ],
  [
    'golang',
    ['v0.0.0-20240101000000-abcdefabcdef', 'v0.1.0-rc.1', 'v0.1.0', 'v0.2.0', 'v0.10.0', 'v2.0.0+incompatible'],
  ],
  ['golang', ['go1.21rc2', 'go1.21', 'go1.21.1', 'go1.21.10', 'go1.22']],
  [
    'maven',
    [
      '1-alpha-1',
      '1-alpha-2',
      '1-beta',
      '1-milestone1',
      '1-rc',
      '1-SNAPSHOT',
      '1',
      '1-sp',
      '1-jre',
      '1-1',
      '1.0.1',
      '1.1',
      '1.9',
      '1.10',
      '2',
    ],
  ],
];

const alike: readonly (readonly [Package['type'], string, string])[] = [
  ['deb', '1.0', '0:1.0'],
  ['deb', '1.0-0', '1.0'],
  ['rpm', '10.0001', '10.1'],
  ['rpm', '2_0', '2.0'],
  ['npm', '1.0.0+build1', '1.0.0+build2'],
  ['pypi', '1.0', 'v1.0.0'],
  ['pypi', '1.0-1', '1.0.post1'],
  ['maven', '1', '1.0.0'],
  ['maven', '1.0-final', '1.ga'],
  ['maven', '1-cr1', '1-RC1'],
];

describe('compareVersions', () => {
  it.each(ascending)('orders versions of %s as its tools do: %j', (type, versions) => {
    for (const [at, one] of versions.entries()) {
      for (const [place, other] of versions.entries()) {
        expect([one, other, Math.sign(compareVersions(type, one, other) ?? Number.NaN)]).toEqual([
          one,
          other,
          Math.sign(at - place),
        ]);
      }
    }
  });

  it.each(alike)('takes %s %s and %s for the same version', (type, one, other) => {
    expect(compareVersions(type, one, other)).toBeCloseTo(0);
  });

  it.each([
    ['deb', '1.0 beta', '1.0'],
    ['apk', '1.0_strange', '1.0'],
    ['npm', 'github:someone/fork', '1.0.0'],
    ['pypi', 'unknown', '1.0'],
    ['golang', '(devel)', 'v1.0.0'],
    ['maven', '1'.repeat(10_000), '2'],
  ] as const)('does not order %s versions that are none: %s', (type, one, other) => {
    expect(compareVersions(type, one, other)).toBeUndefined();
  });

  it('is the opposite the other way round, and quick, whatever the versions', () => {
    const part = fc.constantFrom(
      '0',
      '1',
      '10',
      '01',
      'a',
      'rc',
      'alpha',
      'dev',
      'post',
      '~',
      '^',
      '-',
      '.',
      '_',
      ':',
      '+',
      '!',
      '1.0',
      'r',
    );
    const version = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));
    const type = fc.constantFrom<Package['type']>('deb', 'apk', 'rpm', 'npm', 'pypi', 'golang', 'maven');
    fc.assert(
      fc.property(type, version, version, (of, one, other) => {
        const start = performance.now();
        const order = compareVersions(of, one, other);
        const back = compareVersions(of, other, one);
        expect(performance.now() - start).toBeLessThan(1000);
        expect(order === undefined ? undefined : Math.sign(order) + Math.sign(back ?? Number.NaN)).toBe(
          order === undefined ? back : 0,
        );
        if (compareVersions(of, one, one) !== undefined) expect(compareVersions(of, one, one)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});
