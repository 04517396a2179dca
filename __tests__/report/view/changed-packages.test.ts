import { expect, it } from '@jest/globals';
import type { PackageDelta } from '../../../src/compare/delta.ts';
import { packageCounts, packagesByKind } from '../../../src/report/view/changed-packages.ts';

const packages = (
  ['removed', 'added', 'downgraded', 'changed', 'added', 'upgraded'] satisfies PackageDelta['kind'][]
).map((kind, at): PackageDelta => ({ type: 'deb', name: `p${at}`, kind }));

it('counts packages by what happened to them', () => {
  expect(packageCounts({ packages })).toBe('2 added, 1 upgraded, 1 downgraded, 1 changed, 1 removed');
  expect(packageCounts({ packages: [] })).toBe('');
});

it('lists every package once, what is new first', () => {
  expect(packagesByKind({ packages }).map(({ name }) => name)).toEqual(['p1', 'p4', 'p5', 'p2', 'p3', 'p0']);
});
