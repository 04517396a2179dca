import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FileDelta } from '../../../src/compare/delta.ts';
import { changedPaths, pathChange, pathLayer } from '../../../src/report/view/changed-paths.ts';
import { createProfile } from '../../support/profile.ts';

const row = (path: string, bytes: number, kind: FileDelta['kind'] = 'changed'): FileDelta => ({ path, bytes, kind });
const state = { type: 'file' as const, mode: 0o644, uid: 0, gid: 0, bytes: 9 };

describe('changedPaths', () => {
  it('shows the paths that grew most, and what all others come to', () => {
    const files = [row('/a', -50), row('/b', 30), row('/c', 40), row('/d', 10)];
    expect(changedPaths({ files }, 2)).toEqual({
      title: 'Paths that grew most',
      shown: [row('/c', 40), row('/b', 30)],
      left: { count: 2, bytes: -40 },
    });
  });

  it('shows those that shrank most where none grew, and any where no size changed', () => {
    expect(changedPaths({ files: [row('/a', -5), row('/b', -50), row('/c', 0, 'mode')] })).toMatchObject({
      title: 'Paths that shrank most',
      shown: [{ path: '/b' }, { path: '/a' }],
      left: { count: 1, bytes: 0 },
    });
    expect(changedPaths({ files: [row('/c', 0, 'mode')] })).toMatchObject({ title: 'Paths that changed' });
  });

  it('counts no directory that only came along with its files', () => {
    const directory = { ...state, type: 'directory' as const, bytes: 0 };
    const files: FileDelta[] = [
      row('/a/b', 30, 'added'),
      { ...row('/a', 0, 'added'), after: directory },
      { ...row('/old', 0, 'removed'), before: directory },
      { ...row('/tmp', 0, 'mode'), before: directory, after: { ...directory, mode: 0o777 } },
    ];
    expect(changedPaths({ files })?.left).toEqual({ count: 1, bytes: 0 });
  });

  it('is nothing where no path is known to have changed', () => {
    expect(changedPaths({ files: [] })).toBeUndefined();
  });

  it('accounts for every byte', () => {
    const files = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(files, fc.nat(12), (bytes, most) => {
        const rows = bytes.map((each, at) => row(`/${at}`, each));
        const { shown = [], left = { count: 0, bytes: 0 } } = changedPaths({ files: rows }, most) ?? {};
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.length + left.count).toBe(rows.length);
        const sum = (all: readonly { readonly bytes: number }[]) => all.reduce((total, each) => total + each.bytes, 0);
        expect(sum(shown) + left.bytes).toBe(sum(rows));
      }),
    );
  });
});

it.each<[FileDelta, string]>([
  [row('/a', 5, 'added'), 'added'],
  [row('/a', -5, 'removed'), 'removed'],
  [row('/a', 5), 'grown'],
  [row('/a', -5), 'shrunk'],
  [row('/a', 0), 'changed'],
  [{ ...row('/a', 5, 'folder'), count: 412 }, 'grown (412 names)'],
  [{ ...row('/a', 0, 'mode'), before: state, after: { ...state, mode: 0o4755 } }, 'mode 0644 → 4755'],
  [{ ...row('/a', 0, 'owner'), before: state, after: { ...state, uid: 7, gid: 8 } }, 'owner 0:0 → 7:8'],
  [{ ...row('/a', 0, 'type'), before: state, after: { ...state, type: 'symlink' } }, 'type file → symlink'],
  [row('/a', 0, 'mode'), 'mode'],
])('says of %j what happened: %s', (file, expected) => {
  expect(pathChange(file)).toBe(expected);
});

it('says whose layer changed a path where there is no line to name', () => {
  const profile = createProfile();
  expect([0, 3, 99].map((layer) => pathLayer({ ...row('/a', 1), layer }, profile))).toEqual([
    'base',
    'layer 3',
    'layer 99',
  ]);
  expect(pathLayer(row('/a', 1), profile)).toBe('');
});
