import { describe, expect, it } from '@jest/globals';
import { nonroot } from '../../../src/policy/rules/nonroot.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { createProfile } from '../../support/profile.ts';
import { createImageSubject } from '../subjects.ts';

function runAs(user: Profile['user'], baseLine?: number) {
  const { base } = createProfile();
  const profile = createProfile({ user, base: baseLine === undefined ? base : { ...base, line: baseLine } });
  return nonroot.check(createImageSubject({ profile }), {});
}

describe('nonroot', () => {
  it.each<[Profile['user'], string]>([
    [
      { configured: '65532', uid: 65_532, gid: 65_532, name: 'nonroot', setBy: 'base' },
      'runs as uid 65532 (nonroot), set by the base image',
    ],
    [
      { configured: 'app', uid: 1000, gid: 1000, name: 'app', setBy: 'own', line: 9 },
      'runs as uid 1000 (app), set on line 9',
    ],
    [
      { configured: '1000:0', uid: 1000, gid: 0, setBy: 'own', line: 9 },
      'runs as uid 1000 by USER 1000:0, set on line 9',
    ],
    [{ configured: '1000', uid: 1000, gid: 0, setBy: 'own' }, 'runs as uid 1000, set by the Dockerfile'],
    [{ configured: '1000', uid: 1000, gid: null, setBy: 'own' }, 'runs as uid 1000, set by the Dockerfile'],
  ])('passes %j', (user, statement) => {
    expect(runAs(user)).toEqual({ findings: [], statement });
  });

  it.each<[string, Profile['user'], string]>([
    [
      '0',
      { configured: '0', uid: 0, gid: 0, name: 'root', setBy: 'own', line: 9 },
      'runs as uid 0 (root), set on line 9',
    ],
    [
      '0:0',
      { configured: '0:0', uid: 0, gid: 0, setBy: 'own', line: 9 },
      'runs as uid 0 (root) by USER 0:0, set on line 9',
    ],
    [
      'root:x',
      { configured: 'root:x', uid: 0, gid: null, name: 'root', setBy: 'own', line: 9 },
      'runs as uid 0 (root) by USER root:x, set on line 9',
    ],
    [
      'a second name with uid 0',
      { configured: 'toor', uid: 0, gid: 0, name: 'toor', setBy: 'own', line: 9 },
      'runs as uid 0 (toor), set on line 9',
    ],
    [
      'an inherited root',
      { configured: 'root', uid: 0, gid: 0, name: 'root', setBy: 'base' },
      'runs as uid 0 (root), set by the base image',
    ],
    [
      'nobody at all',
      { configured: '', uid: 0, gid: 0, setBy: 'default' },
      'runs as uid 0 (root), since neither the Dockerfile nor the base image sets USER',
    ],
    [
      'a USER that was emptied',
      { configured: '', uid: 0, gid: 0, setBy: 'own', line: 9 },
      'runs as uid 0 (root), set on line 9',
    ],
  ])('finds root where USER is %s', (_, user, message) => {
    const { findings, statement } = runAs(user);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toBe(message);
    expect(statement).toBe(message);
  });

  it('points at the USER line, and tells to change it', () => {
    const [finding] = runAs({ configured: 'root', uid: 0, gid: 0, setBy: 'own', line: 9 }).findings;
    expect(finding).toMatchObject({ evidence: [{ file: 'services/api/Dockerfile', line: 9 }], origin: 'own' });
    expect(finding?.remedy).toContain('last USER');
  });

  it('points at the FROM line of a base that sets root, and tells to add a USER', () => {
    const [finding] = runAs({ configured: 'root', uid: 0, gid: 0, setBy: 'base' }, 4).findings;
    expect(finding).toMatchObject({ evidence: [{ file: 'services/api/Dockerfile', line: 4 }], origin: 'base' });
    expect(finding?.remedy).toContain('add `USER 65532:65532`');
  });

  it('has no evidence where no line is known', () => {
    expect(runAs({ configured: '', uid: 0, gid: 0, setBy: 'default' }).findings[0]).toMatchObject({
      evidence: [],
      origin: 'own',
    });
  });

  it('finds a name that the image does not know, as something other than root', () => {
    const [finding] = runAs({ configured: 'app:app', uid: null, gid: null, setBy: 'own', line: 9 }).findings;
    expect(finding?.message).toBe("user app of USER app:app is not in the image's /etc/passwd, set on line 9");
    expect(finding?.remedy).toContain('/etc/passwd');
  });

  it('finds a group that the image does not know', () => {
    const [finding] = runAs({ configured: '1000:staff', uid: 1000, gid: null, setBy: 'base' }).findings;
    expect(finding?.message).toBe(
      "group staff of USER 1000:staff is not in the image's /etc/group, set by the base image",
    );
    expect(finding?.origin).toBe('base');
  });
});
