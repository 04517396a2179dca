import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareProfiles, type Side } from '../../src/compare/compare-profiles.ts';
import type { Delta, FileDelta } from '../../src/compare/delta.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import type { RootFilesystem } from '../../src/image/root-filesystem.ts';
import {
  directory,
  type EntrySpec,
  file,
  hardlink,
  image,
  layer,
  symlink,
  whiteout,
} from '../support/image-builder.ts';
import { anyImage, sideOf } from '../support/random-image.ts';

function compare(base: Side, head: Side): Delta {
  const comparison = compareProfiles(base, head);
  if (comparison.kind === 'refused') throw new Error(comparison.reason);
  return comparison.delta;
}

const filesOf = (base: Image, head: Image): readonly FileDelta[] => compare(sideOf(base), sideOf(head)).files;
const told = (rows: readonly FileDelta[]) => rows.map(({ path, kind, bytes }) => [path, kind, bytes]);
const sum = (rows: readonly FileDelta[]) => rows.reduce((total, { bytes }) => total + bytes, 0);

function files(folder: string, count: number, bytes = 10): EntrySpec[] {
  return Array.from({ length: count }, (_, n) => file(`${folder}/f${n}`, bytes));
}

describe('compareProfiles with file indexes', () => {
  it('tells what was added, removed, grown, shrunk and changed at the same size, largest first', () => {
    const base = image(
      layer(file('/gone', 50), file('/grown', 10), file('/shrunk', 90), file('/same', 7), file('/turned', 'abc')),
    );
    const head = image(
      layer(file('/new', 60), file('/grown', 30), file('/shrunk', 60), file('/same', 7), file('/turned', 'abd')),
    );
    expect(told(filesOf(base, head))).toEqual([
      ['/new', 'added', 60],
      ['/gone', 'removed', -50],
      ['/shrunk', 'changed', -30],
      ['/grown', 'changed', 20],
      ['/turned', 'changed', 0],
    ]);
  });

  it('tells a change of mode, owner, type and link target apart, with both states', () => {
    const base = image(layer(file('/m', 5), file('/o', 5), file('/t', 5), symlink('/l', 'a'), directory('/d')));
    const head = image(
      layer(
        file('/m', 5, { mode: 0o4755 }),
        file('/o', 5, { uid: 9 }),
        symlink('/t', 'm'),
        symlink('/l', 'b'),
        directory('/d', { mode: 0o777 }),
      ),
    );
    expect(told(filesOf(base, head))).toEqual([
      ['/t', 'type', -5],
      ['/d', 'mode', 0],
      ['/l', 'changed', 0],
      ['/m', 'mode', 0],
      ['/o', 'owner', 0],
    ]);
    expect(filesOf(base, head).at(0)).toMatchObject({
      before: { type: 'file', bytes: 5 },
      after: { type: 'symlink', bytes: 0, linkTarget: 'm' },
    });
    expect(filesOf(base, head).at(3)).toMatchObject({ before: { mode: 0o644 }, after: { mode: 0o4755 } });
  });

  it('does not take the name under which a tar has the body for a change', () => {
    const base = image(layer(file('/a', 'body'), hardlink('/b', '/a')));
    const head = image(layer(file('/b', 'body'), hardlink('/a', '/b')));
    expect(filesOf(base, head)).toEqual([]);
  });

  it('moves the bytes of a body to its next name when its first one goes', () => {
    const base = image(layer(file('/a', 'body'), hardlink('/b', '/a')));
    const head = image(layer(file('/b', 'body')));
    expect(told(filesOf(base, head))).toEqual([
      ['/a', 'removed', -4],
      ['/b', 'changed', 4],
    ]);
  });

  it('names the layer that wrote a file, the one that replaced its layer, and the one that took it away', () => {
    const kept = layer(file('/kept', 10), file('/cleaned', 20));
    const base = image(kept, layer(file('/app/a', 10), file('/app/b', 10)));
    const head = image(kept, layer(file('/app/a', 15)), layer(whiteout('/cleaned')));
    const rows = filesOf(base, head);
    expect(rows.map(({ path, layer: position }) => [path, position])).toEqual([
      ['/cleaned', 2],
      ['/app/b', 1],
      ['/app/a', 1],
    ]);
  });

  it('says nothing of the layer where several could have taken a file away', () => {
    const kept = layer(file('/empty', 0), file('/kept', 1));
    const head = image(kept, layer(file('/x', 1)), layer(whiteout('/empty')));
    expect(filesOf(image(kept), head).find(({ path }) => path === '/empty')).not.toHaveProperty('layer');
  });

  it('makes one row of a package with thousands of new files', () => {
    const rest = [...files('/app/node_modules/other', 300), file('/app/index.js', 5)];
    const head = image(
      layer(...rest, ...files('/app/node_modules/lodash', 2000), ...files('/app/node_modules/lodash/fp', 2000)),
    );
    expect(filesOf(image(layer(...rest)), head)).toEqual([
      { path: '/app/node_modules/lodash', kind: 'folder', bytes: 40_000, count: 4002, layer: 0 },
    ]);
  });

  it('descends to the package also where everything around it is new', () => {
    const head = image(layer(...files('/app/node_modules/lodash', 4000), file('/app/index.js', 5)));
    expect(told(filesOf(image(layer(file('/etc/os', 1))), head)).slice(0, 1)).toEqual([
      ['/app/node_modules/lodash', 'folder', 40_000],
    ]);
  });

  it('tells the few packages that were upgraded apart', () => {
    const packages = (bytes: number) =>
      ['a', 'b', 'c'].flatMap((name) => files(`/app/node_modules/${name}`, 40, bytes));
    const rest = files('/app/node_modules/d', 500);
    const rows = filesOf(image(layer(...rest, ...packages(10))), image(layer(...rest, ...packages(12))));
    expect(told(rows)).toEqual(['a', 'b', 'c'].map((name) => [`/app/node_modules/${name}`, 'folder', 80]));
  });

  it('never has more than a hundred rows, and leaves no byte out', () => {
    const base = image(layer(...Array.from({ length: 3000 }, (_, n) => file(`/d${n % 700}/e/f${n}`, 10))));
    const head = image(
      layer(...Array.from({ length: 3000 }, (_, n) => file(`/d${n % 700}/e/f${n}`, n % 3 === 0 ? 10 + n : 10))),
    );
    const delta = compare(sideOf(base), sideOf(head));
    expect(delta.files.length).toBeLessThanOrEqual(100);
    expect(delta.files.length).toBeGreaterThan(20);
    expect(sum(delta.files)).toBe(delta.visibleBytes);
  });

  it('has rows that sum up to the change of what the root filesystem shows, for any two images', () => {
    fc.assert(
      fc.property(anyImage, anyImage, (base, head) => {
        const delta = compare(sideOf(base), sideOf(head));
        expect(sum(delta.files)).toBe(delta.visibleBytes);
        expect(new Set(delta.files.map(({ path }) => path)).size).toBe(delta.files.length);
      }),
    );
  });

  it('splits any two images into base and own parts that add up to the whole', () => {
    const counted = fc.tuple(anyImage, fc.nat(4));
    const sizes = ['downloadBytes', 'unpackedBytes', 'visibleBytes', 'wastedBytes'] as const;
    fc.assert(
      fc.property(counted, counted, ([base, below], [head, under]) => {
        const delta = compare(
          sideOf(base, Math.min(below, base.layers.length)),
          sideOf(head, Math.min(under, head.layers.length)),
        );
        for (const size of sizes) {
          expect((delta.base?.[size] ?? Number.NaN) + (delta.own?.[size] ?? Number.NaN)).toBe(delta[size]);
        }
        expect(sum(delta.files)).toBe(delta.visibleBytes);
      }),
    );
  });

  it('finds exactly the names that differ, for any two images', () => {
    fc.assert(
      fc.property(anyImage, anyImage, (base, head) => {
        const rows = filesOf(base, head);
        const named = rows.reduce((total, { count = 1 }) => total + count, 0);
        expect(named).toBe(countDifferences(applyLayers(base.layers), applyLayers(head.layers)));
      }),
    );
  });

  it('says that files were not compared when a side has no index', () => {
    const { profile } = sideOf(image(layer(file('/a', 1))));
    const delta = compare({ profile }, sideOf(image(layer(file('/a', 2)))));
    expect(delta.files).toEqual([]);
    expect(delta.notes.join()).toContain('Files are not compared: what it is compared with has no file index');
  });
});

/** The same told again with plain objects: what a name shows, by path. */
function countDifferences(base: RootFilesystem, head: RootFilesystem): number {
  const before = statesOf(base);
  const after = statesOf(head);
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path))
    .length;
}

function statesOf(filesystem: RootFilesystem): Map<string, string> {
  const seen = new Set<unknown>();
  const states = new Map<string, string>();
  for (const { path, entry, body } of filesystem.files.values()) {
    const isCounted = body !== null && !seen.has(body.entry);
    if (body !== null) seen.add(body.entry);
    const isLink = entry.type === 'symlink';
    const type = body === null ? entry.type : 'file';
    const content = [type, isLink ? entry.linkTarget : '', body?.entry.contentHash, body?.entry.bytes];
    const counted = isCounted ? body.entry.bytes : 0;
    states.set(path, JSON.stringify([content, isLink ? 0 : entry.mode, entry.uid, entry.gid, counted]));
  }
  return states;
}
