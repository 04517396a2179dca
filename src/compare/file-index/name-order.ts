import type { EntryTable } from '../../image/entry-table.ts';

/** A name inside a buffer of many, UTF-8. */
export type NameBytes = { readonly names: Uint8Array; readonly start: number; readonly end: number };

/** Where the path of a table's entry stands. */
export function nameOf({ columns: { names, nameEnds } }: EntryTable, at: number): NameBytes {
  return { names, start: at === 0 ? 0 : (nameEnds[2 * at - 1] ?? 0), end: nameEnds[2 * at] ?? 0 };
}

/** How many bytes two names have in common at their beginning. */
export function commonLength(a: NameBytes, b: NameBytes): number {
  const most = Math.min(a.end - a.start, b.end - b.start);
  let length = 0;
  while (length < most && a.names[a.start + length] === b.names[b.start + length]) length++;
  return length;
}

/** Negative, zero or positive, as JavaScript orders the strings; `common` is their common length. */
export function compareNames(a: NameBytes, b: NameBytes, common = commonLength(a, b)): number {
  const left = a.start + common < a.end ? (a.names[a.start + common] ?? 0) : -1;
  const right = b.start + common < b.end ? (b.names[b.start + common] ?? 0) : -1;
  return rank(left) - rank(right);
}

/** UTF-16 has U+10000 and above (four bytes in UTF-8) before U+E000 to U+FFFF. */
function rank(byte: number): number {
  if (byte < 0xee) return byte;
  return byte < 0xf0 ? byte + 0x20 : byte - 2;
}
