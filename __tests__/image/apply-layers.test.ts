import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { RootFilesystem } from '../../src/image/root-filesystem.ts';
import {
  device,
  directory,
  type EntrySpec,
  file,
  hardlink,
  image,
  type LayerSpec,
  layer,
  opaque,
  symlink,
  whiteout,
} from '../support/image-builder.ts';
import { naiveApply } from './naive-apply.ts';

const apply = (...layers: readonly LayerSpec[]) => applyLayers(image(...layers).layers);
const pathsOf = ({ files }: RootFilesystem) => [...files.values()].map(({ path }) => path);
const paths = (...layers: readonly LayerSpec[]) => pathsOf(apply(...layers));

describe('applyLayers, tree', () => {
  it.each<[string, readonly LayerSpec[], readonly string[]]>([
    [
      'adds names, sorted, parents that no layer lists included',
      [layer(file('/b/x', 1), file('/b-c', 1), file('/a', 1))],
      ['a', 'b', 'b-c', 'b/x'],
    ],
    ['takes a file away', [layer(file('/a', 1), file('/b', 1)), layer(whiteout('/a'))], ['b']],
    ['takes a directory away', [layer(file('/d/e/f', 1), file('/b', 1)), layer(whiteout('/d'))], ['b']],
    ['empties a directory', [layer(file('/d/e', 1), file('/d/f/g', 1)), layer(opaque('/d'))], ['d']],
    [
      'does not empty the root, as overlayfs does not',
      [layer(file('/a', 1)), layer(opaque('/'), file('/b', 1))],
      ['a', 'b'],
    ],
    [
      'applies an opaque marker to lower layers only, wherever it stands',
      [layer(file('/d/old', 1)), layer(file('/d/new', 1), opaque('/d'))],
      ['d', 'd/new'],
    ],
    [
      'applies a whiteout to lower layers only, wherever it stands',
      [layer(file('/a', 1)), layer(file('/a', 2), whiteout('/a'))],
      ['a'],
    ],
    ['replaces a directory by a file', [layer(file('/d/x', 1)), layer(file('/d', 1))], ['d']],
    ['replaces a file by a directory', [layer(file('/d', 1)), layer(directory('/d'), file('/d/x', 1))], ['d', 'd/x']],
    [
      'replaces a file by a directory that is only implied',
      [layer(file('/d', 1)), layer(file('/d/x', 1))],
      ['d', 'd/x'],
    ],
    [
      'replaces a lower symlink by a directory, as overlayfs does',
      [layer(symlink('/lib', 'usr/lib'), file('/usr/lib/a', 1)), layer(file('/lib/b', 1))],
      ['lib', 'lib/b', 'usr', 'usr/lib', 'usr/lib/a'],
    ],
    [
      'follows a symlink of the same layer',
      [layer(directory('/usr/lib'), symlink('/lib', 'usr/lib'), file('/lib/b', 1))],
      ['lib', 'usr', 'usr/lib', 'usr/lib/b'],
    ],
    [
      'follows a symlink no more once a directory replaced it',
      [layer(symlink('/b', 'a'), file('/a/a/x', 1), file('/b/a/y', 1), directory('/b'), file('/b/a/z', 1))],
      ['a', 'a/a', 'a/a/x', 'a/a/y', 'b', 'b/a', 'b/a/z'],
    ],
    [
      'makes what a symlink of the same layer leads to, since the layers below are not in sight',
      [layer(file('/usr/lib/a', 1)), layer(symlink('/lib', 'usr/lib'), file('/lib/b', 1))],
      ['lib', 'usr', 'usr/lib', 'usr/lib/a', 'usr/lib/b'],
    ],
    ['ignores a whiteout of what is not there', [layer(file('/a', 1)), layer(whiteout('/zz'))], ['a']],
    [
      'merges a directory that stands where its whiteout stood, as overlayfs does',
      [layer(file('/d/old', 1)), layer(whiteout('/d'), directory('/d'), file('/d/new', 1))],
      ['d', 'd/new', 'd/old'],
    ],
    ['replaces a directory inside one layer', [layer(file('/d/x', 1), file('/d', 1), file('/e', 1))], ['d', 'e']],
  ])('%s', (_, layers, expected) => {
    expect(paths(...layers)).toEqual(expected);
  });

  it('keeps the mode that a lower layer gave a directory', () => {
    const { files } = apply(layer(directory('/d', { mode: 0o700, uid: 5 })), layer(file('/d/x', 1)));
    expect(files.get('d')).toMatchObject({ layer: 0, entry: { mode: 0o700, uid: 5 } });
  });

  it('takes the mode of the last layer that lists a directory, and keeps what is in it', () => {
    const { files } = apply(layer(directory('/d'), file('/d/x', 1)), layer(directory('/d', { mode: 0o700 })));
    expect(files.get('d')).toMatchObject({ layer: 1, entry: { mode: 0o700 } });
    expect(files.get('d/x')).toBeDefined();
  });

  it('shows the body under every hard link, also across layers', () => {
    const { files } = apply(layer(file('/a', 10)), layer(hardlink('/b', '/a')), layer(hardlink('/c', '/b')));
    expect([files.get('b'), files.get('c')]).toMatchObject([
      { layer: 1, body: { layer: 0, entry: { bytes: 10 } } },
      { layer: 2, body: { layer: 0 } },
    ]);
  });

  it('makes a hard link to a symlink a symlink', () => {
    const root = apply(layer(file('/t', 3), symlink('/s', 't'), hardlink('/h', '/s')));
    expect(root.files.get('h')).toMatchObject({ body: null, entry: { type: 'symlink', linkTarget: 't' } });
    expect(root.lookUp('/h')?.path).toBe('t');
  });

  it('lists a hard link that leads nowhere without a body', () => {
    expect(apply(layer(hardlink('/h', '/gone'))).files.get('h')?.body).toBeNull();
  });
});

describe('applyLayers, notes', () => {
  it.each<[string, readonly LayerSpec[], readonly string[]]>([
    [
      'nothing of an ordinary image',
      [layer(file('/d/a', 1)), layer(opaque('/d'), file('/a', 1), hardlink('/h', '/a'))],
      [],
    ],
    ['hard links to nothing', [layer(hardlink('/h', '/a'), file('/a', 1))], ['1 hard links name no file']],
    ['hard links to a lower layer', [layer(file('/a', 1)), layer(hardlink('/h', '/a'))], ['1 hard links name no file']],
    ['names under a file', [layer(file('/a', 1), file('/a/b', 1))], ['1 names lie under what is no directory']],
    ['an empty root', [layer(opaque('/')), layer(opaque('/'))], ['layer 1: its opaque marker at the root']],
  ])('say %s', (_, layers, expected) => {
    expect(apply(...layers).notes).toEqual(expected.map((words) => expect.stringContaining(words)));
  });
});

describe('applyLayers, sizes', () => {
  it.each<[string, readonly LayerSpec[], readonly [number, string, number, number, string][]]>([
    ['a deleted file', [layer(file('/a', 10)), layer(whiteout('/a'))], [[10, 'a', 0, 1, 'deleted']]],
    ['an overwritten file', [layer(file('/a', 10)), layer(file('/a', 7))], [[10, 'a', 0, 1, 'overwritten']]],
    [
      'a file whose mode changed',
      [layer(file('/a', 10)), layer(file('/a', 10, { mode: 0o600 }))],
      [[10, 'a', 0, 1, 'mode-or-owner']],
    ],
    [
      'a file of the same size and other content',
      [layer(file('/a', 10)), layer(file('/a', 10, { seed: 'x' }))],
      [[10, 'a', 0, 1, 'overwritten']],
    ],
    [
      'a file that became a symlink',
      [layer(file('/a', 10)), layer(symlink('/a', 'b'))],
      [[10, 'a', 0, 1, 'overwritten']],
    ],
    [
      'a file that became a directory',
      [layer(file('/a', 10)), layer(directory('/a'))],
      [[10, 'a', 0, 1, 'overwritten']],
    ],
    [
      'what stood in a directory that became a file',
      [layer(file('/d/x', 10)), layer(file('/d', 1))],
      [[10, 'd/x', 0, 1, 'deleted']],
    ],
    ['the same path twice in one layer', [layer(file('/a', 10), file('/a', 7))], [[10, 'a', 0, 0, 'overwritten']]],
    [
      'a file with two names while one is left',
      [layer(file('/a', 10), hardlink('/b', '/a')), layer(whiteout('/a'))],
      [],
    ],
    [
      'a file with two names when both are gone',
      [layer(file('/a', 10), hardlink('/b', '/a')), layer(whiteout('/a')), layer(whiteout('/b'))],
      [[10, 'a', 0, 2, 'deleted']],
    ],
    [
      'a file that a later layer links and the next deletes',
      [layer(file('/a', 10)), layer(hardlink('/b', '/a'), whiteout('/a'))],
      [],
    ],
    ['a hard link onto itself', [layer(file('/a', 10)), layer(hardlink('/a', '/a'))], []],
    [
      'a hard link over another file',
      [layer(file('/a', 10), file('/b', 20)), layer(hardlink('/b', '/a'))],
      [[20, 'b', 0, 1, 'overwritten']],
    ],
    ['the same content under two paths', [layer(file('/a', 'same')), layer(file('/b', 'same'))], []],
    ['a device 0:0', [layer(file('/a', 10)), layer(device('/a', 'char'))], [[10, 'a', 0, 1, 'overwritten']]],
    [
      'files by size, then by path',
      [layer(file('/d/b', 5), file('/d/c', 9), file('/d/a', 5)), layer(opaque('/d'))],
      [
        [9, 'd/c', 0, 1, 'deleted'],
        [5, 'd/a', 0, 1, 'deleted'],
        [5, 'd/b', 0, 1, 'deleted'],
      ],
    ],
    ['no empty files', [layer(file('/a', 0)), layer(whiteout('/a'))], []],
  ])('waste: %s', (_, layers, expected) => {
    const { waste, wastedBytes } = apply(...layers);
    expect(waste.map(({ bytes, path, layer: at, hiddenBy, reason }) => [bytes, path, at, hiddenBy, reason])).toEqual(
      expected,
    );
    expect(wastedBytes).toBe(expected.reduce((sum, [bytes]) => sum + bytes, 0));
  });

  it('blames the layer that holds the bytes and the one that hid them', () => {
    const { wastedByLayer, hidesByLayer, visibleBytes } = apply(
      layer(file('/a', 10), file('/a', 4)),
      layer(file('/b', 100), whiteout('/a')),
      layer(file('/b', 1)),
    );
    expect({ wastedByLayer, hidesByLayer, visibleBytes }).toEqual({
      wastedByLayer: [14, 100, 0],
      hidesByLayer: [0, 4, 100],
      visibleBytes: 1,
    });
  });

  it('gives the same tree and waste for an opaque marker and for a whiteout per child', () => {
    const lower = layer(file('/d/a', 10), file('/d/b', 20), file('/d/e/f', 30));
    const added = [file('/d/a', 10, { mode: 0o600 }), file('/d/b', 3)];
    const byMarker = apply(lower, layer(...added, opaque('/d')));
    const byChild = apply(
      lower,
      layer(whiteout('/d/e'), whiteout('/d/a'), whiteout('/d/b'), directory('/d'), ...added),
    );
    expect(byChild.waste).toEqual(byMarker.waste);
    expect(pathsOf(byChild)).toEqual(pathsOf(byMarker));
  });
});

describe('applyLayers, against a naive model', () => {
  const name = fc.constantFrom('a', 'b', 'a/a', 'a/b', 'b/a', 'a/a/a', 'a/a/b', 'b/a/b');
  const linkTarget = fc.oneof(
    name,
    fc.constantFrom('/a', '/b/a', '/', '..', '.', '../b', './a/../b', 'a//a', 'nowhere', ''),
  );
  const entry = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(name, fc.nat(3), fc.constantFrom('', 'x'))
        .map(([path, bytes, seed]) => file(path, bytes * 10, { seed })),
    },
    { weight: 2, arbitrary: name.map((path) => directory(path)) },
    { weight: 2, arbitrary: fc.tuple(name, name).map(([path, target]) => hardlink(path, target)) },
    { weight: 2, arbitrary: fc.tuple(name, linkTarget).map(([path, target]) => symlink(path, target)) },
    { weight: 2, arbitrary: name.map((path) => whiteout(path)) },
    { weight: 1, arbitrary: fc.constantFrom('', 'a', 'b', 'a/a').map((path) => opaque(path)) },
  );
  const layers = fc.array(fc.array(entry, { maxLength: 8 }), { maxLength: 5 });
  const build = (specs: readonly (readonly EntrySpec[])[]) =>
    image(...specs.map((entries) => layer(...entries))).layers;

  it('has the same tree and the same sums', () => {
    fc.assert(
      fc.property(layers, (specs) => {
        const built = build(specs);
        const root = applyLayers(built);
        const model = naiveApply(built);
        expect(
          [...root.files.values()].map(({ path, entry: { type }, body }) => [
            path,
            type === 'directory',
            body?.entry.bytes ?? 0,
          ]),
        ).toEqual(model.tree);
        expect(root).toMatchObject({
          visibleBytes: model.visibleBytes,
          wastedByLayer: model.wastedByLayer,
          hidesByLayer: model.hidesByLayer,
        });
        expect(root.wastedBytes).toBe(built.reduce((sum, each) => sum + each.unpackedBytes, 0) - model.visibleBytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not care where whiteouts and opaque markers stand in their layer', () => {
    fc.assert(
      fc.property(layers, (specs) => {
        const isMark = ({ entry: { type } }: EntrySpec) => type === 'whiteout' || type === 'opaque';
        const marksLast = specs.map((entries) => [
          ...entries.filter((each) => !isMark(each)),
          ...entries.filter(isMark),
        ]);
        // A marker implies its directory, which may replace what the layer put there before, and a directory takes the
        // place of a whiteout before it: keep such layers out.
        fc.pre(
          specs.every(
            (entries) =>
              entries
                .filter((each) => !isMark(each))
                .every(({ entry: { type } }) => type === 'file' || type === 'directory') && !clashes(entries),
          ),
        );
        const [one, other] = [applyLayers(build(specs)), applyLayers(build(marksLast))];
        expect(pathsOf(other)).toEqual(pathsOf(one));
        expect(other.waste).toEqual(one.waste);
      }),
      { numRuns: 500 },
    );
  });

  it('finds every path by itself unless a symlink is there', () => {
    fc.assert(
      fc.property(layers, (specs) => {
        const root = applyLayers(build(specs));
        for (const node of root.files.values()) {
          if (node.entry.type !== 'symlink') expect(root.lookUp(`/${node.path}`)).toEqual(node);
        }
      }),
    );
  });
});

/** True when a file has another entry at its path or under it, or a whiteout a directory at its own. */
function clashes(entries: readonly EntrySpec[]): boolean {
  return entries.some(({ entry: a }, i) =>
    entries.some(
      ({ entry: b }, j) =>
        i !== j &&
        ((a.type === 'file' && `${b.path}/`.startsWith(`${a.path}/`)) ||
          (a.type === 'whiteout' && b.type === 'directory' && a.path === b.path)),
    ),
  );
}

describe('lookUp', () => {
  const root = apply(
    layer(
      file('/usr/lib/os-release', 'ID=x\n'),
      symlink('/etc/os-release', '../usr/lib/os-release'),
      symlink('/absolute', '/usr/lib'),
      symlink('/escape', '../../../../usr/lib'),
      symlink('/loop', 'loop'),
      symlink('/ping', 'pong'),
      symlink('/pong', 'ping'),
      symlink('/dangling', 'nowhere'),
      symlink('/up', 'usr/lib/../lib/./os-release'),
      symlink('/through', 'usr/lib/os-release/x'),
      ...Array.from({ length: 45 }, (_, i) => symlink(`/chain${i}`, i === 0 ? 'usr' : `chain${i - 1}`)),
    ),
  );

  it.each([
    ['/etc/os-release', 'usr/lib/os-release'],
    ['etc/os-release', 'usr/lib/os-release'],
    ['/absolute/os-release', 'usr/lib/os-release'],
    ['/escape/os-release', 'usr/lib/os-release'],
    ['/up', 'usr/lib/os-release'],
    ['/../../usr/', 'usr'],
    ['/loop', undefined],
    ['/ping', undefined],
    ['/dangling', undefined],
    ['/through', undefined],
    ['/usr/lib/os-release/..', undefined],
    ['/missing/../usr', undefined],
    ['/chain39', 'usr'],
    ['/chain40', undefined],
  ])('finds at %s %s', (path, expected) => {
    expect(root.lookUp(path)?.path).toBe(expected);
  });
});
