import { describe, expect, it } from '@jest/globals';
import { programKind } from '../../src/policy/programs.ts';

describe('programKind', () => {
  it.each([
    'sh',
    'bash',
    'ash',
    'dash',
    'zsh',
    'ksh',
    'mksh',
    'csh',
    'tcsh',
    'fish',
    'busybox',
    'toybox',
    'nu',
    'pwsh',
    'rbash',
  ])('calls %s a shell', (name) => {
    expect(programKind(name)).toBe('shell');
  });

  it.each([
    'apt',
    'apt-get',
    'dpkg',
    'apk',
    'rpm',
    'dnf',
    'microdnf',
    'yum',
    'tdnf',
    'zypper',
    'pacman',
    'opkg',
    'pip',
  ])('calls %s a package manager', (name) => {
    expect(programKind(name)).toBe('package manager');
  });

  it.each([
    ['bash-5.2', 'shell'],
    ['bash-static', 'shell'],
    ['busybox-extras', 'shell'],
    ['pip3', 'package manager'],
    ['pip3.13', 'package manager'],
    ['gem3.3', 'package manager'],
    ['apk.static', 'package manager'],
  ])('sets version and variant of %s aside', (name, kind) => {
    expect(programKind(name)).toBe(kind);
  });

  it.each([
    '',
    'shell',
    'server',
    'sha256sum',
    'bashrc',
    'bash.sh',
    'hash',
    'crash',
    'ssh',
    'python3',
    'apt.conf',
    'SH',
  ])('knows nothing of %j', (name) => {
    expect(programKind(name)).toBeUndefined();
  });

  it('takes names that were forbidden as they stand', () => {
    expect(programKind('curl', ['curl'])).toBe('forbidden program');
    expect(programKind('curl-8.1', ['curl'])).toBeUndefined();
  });
});
