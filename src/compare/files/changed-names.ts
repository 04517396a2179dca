import { type EntryTable, entryTypes } from '../../image/entry-table.ts';
import type { Steps } from '../../slices.ts';
import { Column, float64, int32 } from '../column.ts';
import { type NameBytes, nameOf } from '../file-index/name-order.ts';
import type { FileIndex } from '../file-index.ts';
import { type Directories, DirectoryWalk } from './directories.ts';
import { mergeNames } from './merge-names.ts';
import { compareName, shownBytes } from './name-change.ts';

/** Every name that differs, sorted, in columns; and the directories that have such names. */
export type ChangedNames = {
  readonly base: FileIndex;
  readonly head: FileIndex;
  /** Rows of the indexes; −1 where that side has no such name. */
  readonly baseRows: Int32Array;
  readonly headRows: Int32Array;
  /** Change of what the root filesystem shows; all together that of visibleBytes. */
  readonly bytes: Float64Array;
  readonly directories: Directories;
};

/** Finds what differs between two root filesystems, in one pass over both. */
export function* findingChangedNames(base: FileIndex, head: FileIndex): Steps<ChangedNames> {
  const baseRows = new Column(int32);
  const headRows = new Column(int32);
  const bytes = new Column(float64);
  const walk = new DirectoryWalk();
  yield* mergeNames(base.table, head.table, (b, h) => {
    const name = h < 0 ? nameOf(base.table, b) : nameOf(head.table, h);
    walk.enter(name);
    if (compareName(base, b, head, h) === null) return;
    baseRows.push(b);
    headRows.push(h);
    const difference = shownBytes(head, h) - shownBytes(base, b);
    bytes.push(difference);
    walk.addChange(difference, isDirectory(base.table, b) || isDirectory(head.table, h));
  });
  return {
    base,
    head,
    baseRows: baseRows.finish(),
    headRows: headRows.finish(),
    bytes: bytes.finish(),
    directories: walk.finish(),
  };
}

/** Where the n-th changed name stands. */
export function changedName({ base, head, baseRows, headRows }: ChangedNames, n: number): NameBytes {
  const h = headRows[n] ?? -1;
  return h < 0 ? nameOf(base.table, baseRows[n] ?? 0) : nameOf(head.table, h);
}

function isDirectory(table: EntryTable, row: number): boolean {
  return row >= 0 && table.columns.types[row] === directoryType;
}

const directoryType = entryTypes.indexOf('directory');

/** The n-th changed name as an absolute path. */
export function changedPath(changed: ChangedNames, n: number): string {
  const { names, start, end } = changedName(changed, n);
  return `/${Buffer.from(names.buffer, names.byteOffset + start, end - start).toString('utf8')}`;
}
