import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyLayers } from '../../../src/image/apply-layers.ts';
import { createProfile } from '../../../src/profile/create-profile.ts';
import { profileSchema } from '../../../src/profile/profile.ts';
import { elf } from '../../support/elf-writer.ts';
import {
  directory,
  file,
  hardlink,
  image,
  type LayerSpec,
  layer,
  symlink,
  whiteout,
} from '../../support/image-builder.ts';

function profileOf(layers: readonly LayerSpec[], top = 20) {
  const made = image(...layers);
  const lists = { top, paths: [] };
  const profile = createProfile(made, applyLayers(made.layers), { provenance: undefined, chain: undefined, lists });
  const { contents, packages } = profile;
  if (contents === undefined || packages === undefined) throw new Error('no contents');
  expect(profileSchema.parse(profile)).toEqual(profile);
  return { contents, packages, visibleBytes: profile.size.visibleBytes };
}

const npm = (path: string, name: string, version = '1.0.0') =>
  file(`${path}/node_modules/${name}/package.json`, JSON.stringify({ name, version }));
const status = (...names: string[]) =>
  file('var/lib/dpkg/status', names.map((name) => `Package: ${name}\nVersion: 1\n`).join('\n'));

describe('packages', () => {
  it('are sorted by type, name and version, each once with the lowest layer that says it', () => {
    const { packages } = profileOf([
      layer(npm('a', 'b', '2.0.0'), npm('c', 'b', '10.0.0')),
      layer(npm('d', 'b', '2.0.0'), npm('d', 'a'), status('z', 'libc6')),
    ]);
    expect(packages).toEqual([
      { type: 'deb', name: 'libc6', version: '1', layer: 1 },
      { type: 'deb', name: 'z', version: '1', layer: 1 },
      { type: 'npm', name: 'a', version: '1.0.0', layer: 1 },
      { type: 'npm', name: 'b', version: '10.0.0', layer: 0 },
      { type: 'npm', name: 'b', version: '2.0.0', layer: 0 },
    ]);
  });

  it('are those of visible files: a deleted or replaced database says nothing', () => {
    expect(profileOf([layer(status('a')), layer(whiteout('var/lib/dpkg/status'))]).packages).toEqual([]);
    expect(profileOf([layer(status('a')), layer(status('b'))]).packages).toMatchObject([{ name: 'b', layer: 1 }]);
    expect(profileOf([layer(npm('x', 'a')), layer(whiteout('x'))]).packages).toEqual([]);
  });

  it('are found where a symlinked folder leads, and not under the name of a backup', () => {
    const through = profileOf([
      layer(directory('usr/lib'), symlink('lib', 'usr/lib')),
      layer(file('lib/apk/db/installed', 'P:a\nV:1\n')),
    ]);
    expect(through.packages).toMatchObject([{ type: 'apk', name: 'a' }]);
    const backup = [
      layer(status('a')),
      layer(hardlink('backup', 'var/lib/dpkg/status'), whiteout('var/lib/dpkg/status')),
    ];
    expect(profileOf(backup).packages).toEqual([]);
  });

  it('of names that objects have are packages like others', () => {
    expect(profileOf([layer(status('constructor', '__proto__'))]).packages.map(({ name }) => name)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});

describe('contents', () => {
  it('list users and groups as their files do', () => {
    const { contents } = profileOf([
      layer(
        file(
          'etc/passwd',
          'root:x:0:0:root:/root:/bin/sh\n# no\nbad\napp:x:1000:1000::/home/app:/bin/false\nx:x:y:z:::\n',
        ),
        file('etc/group', 'root:x:0:\nwheel:x:10:app,root\n'),
      ),
    ]);
    expect(contents.users).toEqual({
      count: 2,
      list: [
        { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/sh' },
        { name: 'app', uid: 1000, gid: 1000, home: '/home/app', shell: '/bin/false' },
      ],
    });
    expect(contents.groups.list[1]).toEqual({ name: 'wheel', gid: 10, members: ['app', 'root'] });
  });

  it('list what runs as somebody else and what anybody may write', () => {
    const { contents } = profileOf([
      layer(
        file('bin/su', 5, { mode: 0o4755 }),
        file('bin/wall', 5, { mode: 0o2755 }),
        file('open', 5, { mode: 0o666 }),
        directory('tmp', { mode: 0o1777 }),
        directory('shared', { mode: 0o777 }),
        directory('setgid', { mode: 0o2755 }),
        symlink('link', 'open'),
      ),
    ]);
    expect(contents.setuid.list.map(({ path, mode }) => [path, mode])).toEqual([
      ['/bin/su', 0o4755],
      ['/bin/wall', 0o2755],
    ]);
    expect(contents.worldWritable.list.map(({ path, type }) => [path, type])).toEqual([
      ['/open', 'file'],
      ['/shared', 'directory'],
    ]);
  });

  it('list binaries and scripts, the largest first, and count all', () => {
    const small = elf({ needed: ['libc.so.6'] });
    const { contents } = profileOf(
      [
        layer(
          file('lib/a.so', small),
          file('lib/b.so', elf({ machine: 183, needed: [], code: 5000 })),
          file('bin/s', '#!/bin/sh\n', { mode: 0o755 }),
          file('bin/t', '#!/usr/bin/env python3\n', { mode: 0o755 }),
        ),
      ],
      1,
    );
    expect(contents.binaries).toMatchObject({ count: 2, list: [{ path: '/lib/b.so', architecture: 'arm64' }] });
    expect(contents.scripts).toMatchObject({
      count: 2,
      list: [{ path: '/bin/t', interpreter: '/usr/bin/env python3' }],
    });
    expect(contents.architectures.map(({ architecture, count }) => [architecture, count])).toEqual([
      ['arm64', 1],
      ['amd64', 1],
    ]);
  });

  it('fold leftovers by kind, folder and layer', () => {
    const { contents } = profileOf([
      layer(file('var/lib/apt/lists/a', 100), file('var/lib/apt/lists/b/c', 20), file('usr/lib/x/1.pyc', 3)),
      layer(
        file('usr/lib/y/2.pyc', 4),
        file('usr/lib/z/3.pyc', 5),
        file('var/lib/apt/lists/d', 7),
        file('tmp/empty', 0),
      ),
    ]);
    expect(contents.leftovers).toEqual({
      bytes: 139,
      count: 4,
      list: [
        { kind: 'package-lists', path: '/var/lib/apt/lists', bytes: 120, files: 2, layer: 0 },
        { kind: 'bytecode', path: '/usr/lib', bytes: 9, files: 2, layer: 1 },
        { kind: 'package-lists', path: '/var/lib/apt/lists', bytes: 7, files: 1, layer: 1 },
        { kind: 'bytecode', path: '/usr/lib/x', bytes: 3, files: 1, layer: 0 },
      ],
    });
  });

  it('count what a later layer removed nowhere', () => {
    const { contents } = profileOf([layer(file('tmp/a', 100)), layer(whiteout('tmp/a'))]);
    expect(contents.leftovers).toEqual({ bytes: 0, count: 0, list: [] });
    expect(contents.directories).toEqual([]);
  });

  it('say the largest directories, and leave out those that are but the way to another', () => {
    const { contents } = profileOf([
      layer(file('a/b/c/x', 1000), file('a/b/c/y', 500), file('a/b/z', 10), file('d/e', 300), file('d/f/g', 200)),
    ]);
    expect(contents.directories).toEqual([
      { path: '/a/b/c', bytes: 1500, files: 2 },
      { path: '/d', bytes: 500, files: 2 },
      { path: '/d/f', bytes: 200, files: 1 },
    ]);
  });

  it('say what could not be read', () => {
    const { contents } = profileOf([
      layer(
        file('a/node_modules/x/package.json', '{'),
        file('a/node_modules/y/package.json', '{'),
        file('var/lib/rpm/Packages', 10),
        file('var/lib/rpm/rpmdb.sqlite', 10),
      ),
    ]);
    expect(contents.notes).toEqual([
      '/a/node_modules/x/package.json and 1 more files: it is no JSON',
      '/var/lib/rpm/rpmdb.sqlite: nothing here reads its packages',
      '/var/lib/rpm/Packages: this rpm database is in the Berkeley DB format, which is not read',
    ]);
  });
});

describe('bytes', () => {
  const name = fc.constantFrom('a', 'b', 'tmp/c', 'tmp/d', 'tmp/e/f', 'g/h', 'g-h', 'x.pyc');
  const entry = fc.oneof(
    fc.tuple(name, fc.nat(50)).map(([path, bytes]) => file(path, bytes)),
    fc.tuple(name, name).map(([path, target]) => hardlink(path, target)),
    name.map((path) => whiteout(path)),
    fc.constant(symlink('l', 'tmp')),
    fc.nat(50).map((bytes) => file('l/m', bytes)),
  );
  const layers = fc.array(
    fc.array(entry, { maxLength: 8 }).map((entries) => layer(...entries)),
    { minLength: 1, maxLength: 4 },
  );

  it('of every visible body count once, in the directories and in the leftovers', () => {
    fc.assert(
      fc.property(layers, (specs) => {
        const made = image(...specs);
        const filesystem = applyLayers(made.layers);
        const wrapped = profileOf(specs, 1000);
        const bodies = new Map(
          [...filesystem.files.values()].flatMap(({ body }) =>
            body === null ? [] : [[body.entry, body.entry.bytes] as const],
          ),
        );
        const visible = [...bodies.values()].reduce((sum, bytes) => sum + bytes, 0);
        expect(visible).toBe(wrapped.visibleBytes);
        const { leftovers, directories } = wrapped.contents;
        expect(leftovers.list.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(leftovers.bytes);
        expect(leftovers.bytes).toBeLessThanOrEqual(visible);
        for (const { bytes } of directories) expect(bytes).toBeLessThanOrEqual(visible);
        const ofTop = directories.filter(({ path }) => path.lastIndexOf('/') === 0);
        expect(ofTop.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(visible);
      }),
      { numRuns: 300 },
    );
  });
});
