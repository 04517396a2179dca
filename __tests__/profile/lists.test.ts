import { describe, expect, it } from '@jest/globals';
import { applyLayers } from '../../src/image/apply-layers.ts';
import { describeWaste, describingFiles, focusOf } from '../../src/profile/lists.ts';
import { runAtOnce } from '../../src/slices.ts';
import { device, directory, file, hardlink, image, layer, symlink, whiteout } from '../support/image-builder.ts';

const built = image(
  layer(directory('/', { mode: 0o700 }), file('/etc/.hidden', 5), file('/usr/lib/a.so', 30), file('/old', 7)),
  layer(hardlink('/usr/lib/b.so', '/usr/lib/a.so', { mode: 0o4755, uid: 3, gid: 4 }), symlink('/lib', 'usr/lib')),
  layer(
    whiteout('/old'),
    file('/usr/lib/[x].so', 20),
    device('/dev/null', 'char'),
    file('/usr/lib/a.so', 30, { uid: 1 }),
  ),
);
const filesystem = applyLayers(built.layers);
const describeFiles = (...asked: Parameters<typeof describingFiles>) => runAtOnce(describingFiles(...asked));
const listed = (...paths: string[]) => describeFiles(filesystem, { top: 20, paths }).list?.map(({ path }) => path);

describe('the list of files', () => {
  it('is not there unless somebody asks', () => {
    expect(describeFiles(filesystem, { top: 20, paths: [] })).not.toHaveProperty('list');
  });

  it.each<[string, string[]]>([
    [
      '**',
      [
        '/',
        '/dev',
        '/dev/null',
        '/etc',
        '/etc/.hidden',
        '/lib',
        '/usr',
        '/usr/lib',
        '/usr/lib/[x].so',
        '/usr/lib/a.so',
        '/usr/lib/b.so',
      ],
    ],
    ['/usr/lib/?.so', ['/usr/lib/a.so', '/usr/lib/b.so']],
    ['usr/*/a.so', ['/usr/lib/a.so']],
    ['**/*.so', ['/usr/lib/[x].so', '/usr/lib/a.so', '/usr/lib/b.so']],
    ['/usr/lib/\\[x\\].so', ['/usr/lib/[x].so']],
    ['/etc/*', ['/etc/.hidden']],
    ['/{lib,etc}', ['/etc', '/lib']],
    ['!/etc', []],
  ])('holds what %s matches', (glob, paths) => {
    expect(listed(glob)).toEqual(paths);
  });

  it('holds what any of several globs matches, once', () => {
    expect(listed('/lib', '/li*', '/dev')).toEqual(['/dev', '/lib']);
  });

  it('says what each name is', () => {
    const { list } = describeFiles(filesystem, { top: 20, paths: ['/usr/lib/b.so', '/lib', '/dev/null'] });
    expect(list).toEqual([
      { path: '/dev/null', type: 'char', mode: 0o644, uid: 0, gid: 0, bytes: 0, layer: 2 },
      { path: '/lib', type: 'symlink', mode: 0o777, uid: 0, gid: 0, bytes: 0, linkTarget: 'usr/lib', layer: 1 },
      {
        path: '/usr/lib/b.so',
        type: 'hardlink',
        mode: 0o4755,
        uid: 3,
        gid: 4,
        bytes: 30,
        linkTarget: '/usr/lib/a.so',
        layer: 1,
      },
    ]);
  });

  it('of one layer holds the names that it gave, narrowed by globs', () => {
    const paths = (lists: { layer: number; paths: string[] }) =>
      describeFiles(filesystem, { top: 20, ...lists }).list?.map(({ path }) => path);
    expect(paths({ layer: 1, paths: [] })).toEqual(['/lib', '/usr/lib/b.so']);
    expect(paths({ layer: 1, paths: ['/usr/**'] })).toEqual(['/usr/lib/b.so']);
  });
});

describe('the largest files', () => {
  it('are as many as asked for, each body once under its first name, and count all names', () => {
    const { largest, count } = describeFiles(filesystem, { top: 2, paths: [] });
    expect(largest).toEqual([
      { path: '/usr/lib/a.so', bytes: 30, layer: 2 },
      { path: '/usr/lib/b.so', bytes: 30, layer: 0 },
    ]);
    expect(count).toBe(4);
    expect(describeFiles(filesystem, { top: 0, paths: [] }).largest).toEqual([]);
  });

  it('of one layer are the bodies that it holds', () => {
    const { largest } = describeFiles(filesystem, { top: 20, paths: [], layer: 0 });
    expect(largest.map(({ path }) => path)).toEqual(['/usr/lib/b.so', '/etc/.hidden']);
  });
});

describe('the waste', () => {
  const overwritten = image(
    layer(file('/a', 10), file('/b', 5)),
    layer(file('/a', 3)),
    layer(whiteout('/a'), whiteout('/b')),
  );
  const waste = applyLayers(overwritten.layers);

  it('is bounded, largest first', () => {
    expect(describeWaste(waste, { top: 1, paths: [] })).toEqual([
      { path: '/a', bytes: 10, layer: 0, hiddenBy: 1, reason: 'overwritten' },
    ]);
  });

  it('of one layer is what it holds and what it hid', () => {
    expect(describeWaste(waste, { top: 20, paths: [], layer: 1 }).map(({ bytes }) => bytes)).toEqual([10, 3]);
    expect(describeWaste(waste, { top: 20, paths: [], layer: 2 }).map(({ bytes }) => bytes)).toEqual([5, 3]);
  });
});

describe('the focus', () => {
  it('is said where lists are narrowed, and only there', () => {
    expect(focusOf({ top: 5, paths: [] })).toEqual({});
    expect(focusOf({ top: 5, paths: ['/x'], layer: 2 })).toEqual({ focus: { layer: 2, paths: ['/x'] } });
  });
});
