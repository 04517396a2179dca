import { describe, expect, it } from '@jest/globals';
import { comparingPackages } from '../../src/compare/compare-packages.ts';
import type { Package } from '../../src/profile/profile.ts';
import { runAtOnce } from '../../src/slices.ts';
import { createProfile } from '../support/profile.ts';

const deb = (name: string, version: string): Package => ({ type: 'deb', name, version });
const npm = (name: string, version: string): Package => ({ type: 'npm', name, version });

function compare(before: Package[] | undefined, after: Package[] | undefined) {
  const profile = (packages: Package[] | undefined) => createProfile(packages === undefined ? {} : { packages });
  return runAtOnce(comparingPackages(profile(before), profile(after)));
}

describe('comparingPackages', () => {
  it('tells what came, went, and moved to which version, by type and name', () => {
    const before = [deb('libc6', '2.36-9+deb12u4'), deb('gone', '1'), deb('same', '1'), npm('react', '18.2.0')];
    const after = [deb('libc6', '2.36-9+deb12u10'), deb('new', '2'), deb('same', '1'), npm('react', '17.0.2')];
    expect(compare(before, after)).toEqual({
      packages: [
        { type: 'deb', name: 'gone', kind: 'removed', before: '1' },
        { type: 'deb', name: 'libc6', kind: 'upgraded', before: '2.36-9+deb12u4', after: '2.36-9+deb12u10' },
        { type: 'deb', name: 'new', kind: 'added', after: '2' },
        { type: 'npm', name: 'react', kind: 'downgraded', before: '18.2.0', after: '17.0.2' },
      ],
    });
  });

  it('joins several versions of one package, the oldest first', () => {
    const before = [npm('semver', '7.6.0'), npm('semver', '5.10.0'), npm('semver', '5.9.0')];
    const after = [npm('semver', '5.9.0'), npm('semver', '5.10.0'), npm('semver', '7.7.1')];
    expect(compare(before, after).packages).toEqual([
      { type: 'npm', name: 'semver', kind: 'upgraded', before: '5.9.0, 5.10.0, 7.6.0', after: '5.9.0, 5.10.0, 7.7.1' },
    ]);
  });

  it.each([
    ['an order that cannot be told', [npm('a', 'git+ssh://x')], [npm('a', '1.0.0')]],
    ['another build of one version', [npm('a', '1.0.0+1')], [npm('a', '1.0.0+2')]],
    ['one version beside another', [npm('a', '1.0.0')], [npm('a', '1.0.0'), npm('a', '2.0.0')]],
  ])('calls %s only changed', (_, before, after) => {
    expect(compare(before, after).packages).toMatchObject([{ kind: 'changed' }]);
  });

  it('is no comparison, and says so, when one side was recorded before packages were read', () => {
    const note = 'Packages are not compared: those of what it is compared with were not read.';
    expect(compare(undefined, [deb('a', '1')])).toEqual({ packages: [], note });
    expect(compare([deb('a', '1')], undefined).note).toContain('those of this image');
  });
});
