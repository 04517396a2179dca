import { describe, expect, it } from '@jest/globals';
import { distroless } from '../../../src/policy/rules/distroless.ts';
import { createProfile } from '../../support/profile.ts';
import { directory, file, filesystem, hardlink, type Placed, symlink, whiteout } from '../filesystem.ts';
import { createImageSubject } from '../subjects.ts';

/** Layers 0 and 1 are the base's, 3 is COPY on line 21, as in `createProfile`. */
function judgeFiles(files: readonly Placed[], options: { 'also-forbid'?: string[] } = {}) {
  const { base } = createProfile();
  const subject = createImageSubject({
    profile: createProfile({ base: { ...base, line: 18 } }),
    filesystem: filesystem(...files),
  });
  return distroless.check(subject, { 'also-forbid': [], ...options });
}

function messages(...files: readonly Placed[]): string[] {
  return judgeFiles(files).findings.map(({ message }) => message);
}

describe('distroless', () => {
  it('passes a root filesystem without shell and package manager, and says how much was looked at', () => {
    expect(judgeFiles([file('app/server')])).toEqual({
      findings: [],
      statement: 'no shell and no package manager among 4312 files',
    });
  });

  it.each([
    ['a shell', 'bin/sh', '/bin/sh is a shell'],
    ['a shell in an odd directory', 'opt/.x/y/bash', '/opt/.x/y/bash is a shell'],
    ['a shell at the root', 'zsh', '/zsh is a shell'],
    ['a shell with its version', 'usr/bin/zsh-5.9', '/usr/bin/zsh-5.9 is a shell'],
    ['a shell of another name', 'usr/bin/ksh93', '/usr/bin/ksh93 is a shell'],
    ['a diverted shell', 'usr/bin/sh.distrib', '/usr/bin/sh.distrib is a shell'],
    ['a static busybox', 'bin/busybox.static', '/bin/busybox.static is a shell'],
    ['PowerShell', 'usr/bin/pwsh', '/usr/bin/pwsh is a shell'],
    ['a package manager', 'usr/bin/apt-get', '/usr/bin/apt-get is a package manager'],
    ['a package manager of a language', 'usr/local/bin/pip3.13', '/usr/local/bin/pip3.13 is a package manager'],
    ['dnf5', 'usr/bin/dnf5', '/usr/bin/dnf5 is a package manager'],
  ])('finds %s', (_, path, message) => {
    expect(messages(file(path))).toEqual([message]);
  });

  it.each([0o100, 0o010, 0o001, 0o4755])('finds a shell that anybody may execute (mode %i)', (mode) => {
    expect(messages(file('bin/sh', { mode }))).toHaveLength(1);
  });

  it.each<[string, Placed[]]>([
    ['package databases', [file('var/lib/dpkg/status.d/bash', { mode: 0o644 }), directory('var/lib/dpkg')]],
    ['completions', [file('usr/share/bash-completion/completions/apt', { mode: 0o644 })]],
    ['documentation folders', [directory('usr/share/doc/bash'), directory('etc/apt'), directory('busybox')]],
    ['a program called shell', [file('app/shell'), file('app/shellcheck'), file('usr/bin/bashbug')]],
    ['interpreters', [file('usr/bin/python3.13'), file('nodejs/bin/node'), file('usr/bin/perl')]],
    ['dangling links', [symlink('bin/sh', 'bash'), symlink('bin/ash', '/bin/busybox')]],
    ['links that lead in a circle', [symlink('bin/sh', 'bash'), symlink('bin/bash', 'sh')]],
    ['links to folders', [directory('usr/lib/npm'), symlink('usr/bin/npm', '../lib/npm')]],
    ['links to files that are data', [file('etc/data', { mode: 0o644 }), symlink('bin/sh', '/etc/data')]],
    ['hard links of files that are data', [file('a', { mode: 0o644 }), hardlink('sh', 'a', { mode: 0o644 })]],
    ['a busybox that nobody may execute', [file('data/bb', { mode: 0o644, contains: 'busybox' })]],
    ['what a later layer deleted', [file('bin/sh'), whiteout('bin/sh', 3)]],
    ['what a later layer replaced by data', [file('bin/sh'), file('bin/sh', { mode: 0o644, layer: 3 })]],
    ['links through a merged /usr', [symlink('bin', 'usr/bin'), directory('usr/bin'), file('usr/bin/cat')]],
  ])('does not take %s for a finding', (_, files) => {
    expect(messages(...files)).toEqual([]);
  });

  it('finds a symlink that makes a shell of something else, and blames the layer of the link', () => {
    const { findings } = judgeFiles([file('opt/tool', { layer: 1 }), symlink('bin/sh', '../opt/tool', 3)]);
    expect(findings).toMatchObject([
      {
        message: '/opt/tool is called as a shell through a symlink',
        evidence: [
          { path: '/opt/tool', layer: 1 },
          { path: '/bin/sh', layer: 3, file: 'services/api/Dockerfile', line: 21 },
        ],
        origin: 'own',
      },
    ]);
  });

  it('follows a chain of symlinks through linked folders', () => {
    const files = [
      file('opt/real/tool'),
      symlink('opt/link', 'real'),
      symlink('a', '/opt/link/tool'),
      symlink('bin/bash', '/a'),
    ];
    expect(judgeFiles(files).findings[0]?.evidence.map(({ path }) => path)).toEqual([
      '/opt/real/tool',
      '/bin/bash',
      '/a',
    ]);
  });

  it('finds a hard link under the name of a shell, with the name that tells first', () => {
    const { findings } = judgeFiles([file('app/tool'), hardlink('usr/bin/dash', 'app/tool')]);
    expect(findings.map(({ message }) => message)).toEqual(['/usr/bin/dash is a shell']);
    expect(findings[0]?.evidence.map(({ path }) => path)).toEqual(['/usr/bin/dash', '/app/tool']);
  });

  it('finds a shell whose first name was deleted but for a hard link', () => {
    const files = [
      file('app/tool', { layer: 1 }),
      hardlink('bin/sh', 'app/tool', { layer: 3 }),
      whiteout('app/tool', 4),
    ];
    expect(judgeFiles(files).findings).toMatchObject([
      { message: '/bin/sh is a shell', evidence: [{ path: '/bin/sh', layer: 3 }] },
    ]);
  });

  it('finds a shell that a later layer made executable, and blames that layer', () => {
    const files = [file('bin/sh', { mode: 0o644, layer: 1 }), file('bin/sh', { layer: 3 })];
    expect(judgeFiles(files).findings).toMatchObject([{ evidence: [{ layer: 3, line: 21 }], origin: 'own' }]);
  });

  it.each(['busybox', 'toybox'] as const)('finds %s by its content under another name', (contains) => {
    expect(messages(file('app/helper', { contains }))).toEqual([
      `/app/helper is ${contains} under another name, a shell`,
    ]);
  });

  it('makes one finding of a busybox and all that leads to it, shells first', () => {
    const applets = ['cat', 'ls', 'sh', 'ash', 'vi'].map((name) => symlink(`bin/${name}`, '/bin/busybox'));
    const { findings, statement } = judgeFiles([file('bin/busybox', { contains: 'busybox' }), ...applets]);
    expect(statement).toBe('1 shell');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.evidence.map(({ path }) => path)).toEqual([
      '/bin/busybox',
      '/bin/ash',
      '/bin/sh',
      '/bin/cat',
      '/bin/ls',
      '/bin/vi',
    ]);
  });

  it('lists at most twenty names and says how many there are', () => {
    const applets = Array.from({ length: 300 }, (_, index) => symlink(`bin/a${index}`, '/bin/busybox'));
    const [finding] = judgeFiles([file('bin/busybox'), ...applets]).findings;
    expect(finding?.evidence).toHaveLength(20);
    expect(finding?.message).toBe('/bin/busybox is a shell, with 300 other names, 281 more than are listed');
  });

  it('lists at most twenty programs and one finding for the rest, which no path waives', () => {
    const files = Array.from({ length: 25 }, (_, index) => file(`opt/${String(index).padStart(2, '0')}/sh`));
    const { findings, statement } = judgeFiles(files);
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toMatchObject({ message: 'and 5 more shells or package managers', evidence: [] });
    expect(statement).toBe('25 shells');
  });

  it('points at the COPY that brought a shell along', () => {
    expect(judgeFiles([file('bin/sh', { layer: 3 })]).findings).toMatchObject([
      {
        evidence: [{ path: '/bin/sh', layer: 3, file: 'services/api/Dockerfile', line: 21 }],
        remedy: expect.stringContaining('build stage'),
        savesBytes: 1000,
        origin: 'own',
      },
    ]);
  });

  it('points at the FROM line for a shell of the base image', () => {
    expect(judgeFiles([file('bin/sh', { layer: 1 })]).findings).toMatchObject([
      {
        evidence: [{ path: '/bin/sh', layer: 1, file: 'services/api/Dockerfile', line: 18 }],
        remedy: expect.stringContaining('base image'),
        origin: 'base',
      },
    ]);
  });

  it('counts what it found by kind', () => {
    const { statement } = judgeFiles([file('bin/sh'), file('bin/bash'), file('bin/apk')]);
    expect(statement).toBe('1 package manager, 2 shells');
  });

  it('finds further programs that were forbidden', () => {
    const { findings } = judgeFiles([file('usr/bin/curl')], { 'also-forbid': ['curl'] });
    expect(findings).toMatchObject([{ message: '/usr/bin/curl is a forbidden program' }]);
  });

  it.each([{ 'also-forbid': ['bin/curl'] }, { 'also-forbid': 'curl' }, { allow: [] }])(
    'refuses the options %j',
    (options) => {
      expect(distroless.options.safeParse(options).success).toBe(false);
    },
  );
});
