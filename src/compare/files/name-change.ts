import { entryTypes, hasHashBit, hashBytes } from '../../image/entry-table.ts';
import type { FileDelta } from '../delta.ts';
import type { FileIndex } from '../file-index.ts';

/** How one name differs, the most telling difference; null when it is the same but for times. */
export type NameChange = Exclude<FileDelta['kind'], 'folder'> | null;

/** Compares a name that at least one side has; −1 is the row of a side without it. */
export function compareName(base: FileIndex, baseRow: number, head: FileIndex, headRow: number): NameChange {
  if (baseRow < 0) return 'added';
  if (headRow < 0) return 'removed';
  const type = typeOf(head, headRow);
  if (typeOf(base, baseRow) !== type) return 'type';
  if (!hasSameContent(base, baseRow, head, headRow)) return 'changed';
  const before = base.table.columns;
  const after = head.table.columns;
  // Linux gives a symlink's mode no meaning, and tools write different ones.
  if (type !== 'symlink' && before.modes[baseRow] !== after.modes[headRow]) return 'mode';
  if (ownerOf(base, baseRow, 0) !== ownerOf(head, headRow, 0)) return 'owner';
  if (ownerOf(base, baseRow, 1) !== ownerOf(head, headRow, 1)) return 'owner';
  // Nothing is different about it, but its body was counted under another name.
  return shownBytes(base, baseRow) === shownBytes(head, headRow) ? null : 'changed';
}

/** What the name adds to visibleBytes: a body counts under its first name. */
export function shownBytes({ table, isFirst }: FileIndex, row: number): number {
  return row >= 0 && isFirst[row] === 1 ? (table.columns.bytes[row] ?? 0) : 0;
}

/** Which name of a body is the file and which the hard link is an accident of the tar. */
function typeOf({ table }: FileIndex, row: number): string {
  const bits = table.columns.types[row] ?? 0;
  const type = entryTypes[bits & ~hasHashBit] ?? '';
  return type === 'hardlink' && (bits & hasHashBit) !== 0 ? 'file' : type;
}

function hasSameContent(base: FileIndex, baseRow: number, head: FileIndex, headRow: number): boolean {
  const before = base.table.columns;
  const after = head.table.columns;
  if (before.bytes[baseRow] !== after.bytes[headRow]) return false;
  const isHashed = ((before.types[baseRow] ?? 0) & (after.types[headRow] ?? 0) & hasHashBit) !== 0;
  if (!isHashed)
    return isSymlink(base, baseRow) ? base.table.name(2 * baseRow + 1) === head.table.name(2 * headRow + 1) : true;
  for (let n = 0; n < hashBytes; n++) {
    if (before.hashes[baseRow * hashBytes + n] !== after.hashes[headRow * hashBytes + n]) return false;
  }
  return true;
}

function isSymlink({ table }: FileIndex, row: number): boolean {
  return entryTypes[(table.columns.types[row] ?? 0) & ~hasHashBit] === 'symlink';
}

function ownerOf({ table }: FileIndex, row: number, part: 0 | 1): number {
  const { owners, ownerOf } = table.columns;
  return owners[2 * (ownerOf[row] ?? 0) + part] ?? 0;
}
