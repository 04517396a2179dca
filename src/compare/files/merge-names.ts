import type { EntryTable } from '../../image/entry-table.ts';
import type { Steps } from '../../slices.ts';
import { commonLength, compareNames, nameOf } from '../file-index/name-order.ts';

/** Calls `take` for every name of two sorted tables, in order, with its rows; −1 where a table has none. */
export function* mergeNames(
  base: EntryTable,
  head: EntryTable,
  take: (baseRow: number, headRow: number) => void,
): Steps<void> {
  let b = 0;
  let h = 0;
  for (let names = 1; b < base.length || h < head.length; names++) {
    const order = orderOf(base, b, head, h);
    take(order <= 0 ? b : -1, order >= 0 ? h : -1);
    if (order <= 0) b++;
    if (order >= 0) h++;
    if (names % namesAStep === 0) yield;
  }
}

/** About a millisecond's. */
const namesAStep = 1000;

function orderOf(base: EntryTable, b: number, head: EntryTable, h: number): number {
  if (b === base.length) return 1;
  if (h === head.length) return -1;
  const one = nameOf(base, b);
  const other = nameOf(head, h);
  return compareNames(one, other, commonLength(one, other));
}
