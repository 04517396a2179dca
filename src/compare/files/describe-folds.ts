import { entryTypes, hasHashBit } from '../../image/entry-table.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Steps } from '../../slices.ts';
import type { FileDelta } from '../delta.ts';
import type { FileIndex } from '../file-index.ts';
import { type BlameLayer, blameLayers } from './blame-layers.ts';
import { type ChangedNames, changedPath } from './changed-names.ts';
import type { Span } from './directory-children.ts';
import type { Fold } from './fold-names.ts';
import { compareName } from './name-change.ts';

/** Rows of a delta, the largest change first and ties by path. */
export function* describingFolds(
  changed: ChangedNames,
  folds: readonly Fold[],
  { base, head }: { readonly base: Profile; readonly head: Profile },
): Steps<FileDelta[]> {
  const blame = blameLayers(changed, base, head);
  const rows: FileDelta[] = [];
  for (const fold of folds) {
    const row = fold.kind === 'name' ? describeName(changed, fold.at, blame) : describeFolder(changed, fold, blame);
    rows.push(withLine(row, head));
    yield;
  }
  return rows.sort(largestFirst);
}

function describeName(changed: ChangedNames, at: number, blame: BlameLayer): FileDelta {
  const { base, head } = changed;
  const baseRow = changed.baseRows[at] ?? -1;
  const headRow = changed.headRows[at] ?? -1;
  return {
    path: changedPath(changed, at),
    kind: compareName(base, baseRow, head, headRow) ?? 'changed',
    bytes: changed.bytes[at] ?? 0,
    ...(baseRow < 0 ? {} : { before: stateOf(base, baseRow) }),
    ...(headRow < 0 ? {} : { after: stateOf(head, headRow) }),
    ...layerOf([{ from: at, to: at + 1 }], blame),
  };
}

function describeFolder(
  changed: ChangedNames,
  { path, spans, count }: Extract<Fold, { kind: 'folder' }>,
  blame: BlameLayer,
): FileDelta {
  let bytes = 0;
  for (const { from, to } of spans) for (let at = from; at < to; at++) bytes += changed.bytes[at] ?? 0;
  return { path: `/${path}`, kind: 'folder', bytes, count, ...layerOf(spans, blame) };
}

/** The layer that did it all. */
function layerOf(spans: readonly Span[], blame: BlameLayer): Pick<FileDelta, 'layer'> {
  const first = blame(spans[0]?.from ?? 0);
  if (first < 0) return {};
  for (const { from, to } of spans) for (let at = from; at < to; at++) if (blame(at) !== first) return {};
  return { layer: first };
}

function stateOf({ table }: FileIndex, row: number): NonNullable<FileDelta['before']> {
  const { types, modes, ownerOf, owners, bytes } = table.columns;
  const type = entryTypes[(types[row] ?? 0) & ~hasHashBit] ?? 'file';
  const target = type === 'symlink' || type === 'hardlink' ? table.name(2 * row + 1) : undefined;
  return {
    type: type === 'whiteout' || type === 'opaque' ? 'char' : type,
    mode: modes[row] ?? 0,
    uid: owners[2 * (ownerOf[row] ?? 0)] ?? 0,
    gid: owners[2 * (ownerOf[row] ?? 0) + 1] ?? 0,
    bytes: bytes[row] ?? 0,
    ...(target === undefined ? {} : { linkTarget: type === 'hardlink' ? `/${target}` : target }),
  };
}

function withLine(row: FileDelta, head: Profile): FileDelta {
  const line = row.layer === undefined ? undefined : head.layers[row.layer]?.line;
  return line === undefined ? row : { ...row, line };
}

function largestFirst(a: FileDelta, b: FileDelta): number {
  const order = Math.abs(b.bytes) - Math.abs(a.bytes);
  if (order !== 0) return order;
  return a.path < b.path ? -1 : 1;
}
