import type { EntryTable } from '../../image/entry-table.ts';
import type { Steps } from '../../slices.ts';
import { compareNames, nameOf } from '../file-index/name-order.ts';

/**
 * The rows of a table by path; rows of one path stay in their order. Merges the runs that are sorted as they are: most
 * tools write their layers sorted, or nearly so.
 */
export function* sortingRows(table: EntryTable): Steps<Uint32Array> {
  let rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  let ends = yield* findingRuns(table);
  let spare = new Uint32Array(rows.length);
  while (ends.length > 1) {
    const merged: number[] = [];
    for (let run = 0; run < ends.length; run += 2) {
      const from = run === 0 ? 0 : (ends[run - 1] ?? 0);
      const middle = ends[run] ?? rows.length;
      const to = ends[run + 1] ?? middle;
      yield* merging(table, { rows, spare, from, middle, to });
      merged.push(to);
    }
    [rows, spare] = [spare, rows];
    ends = merged;
  }
  return rows;
}

/** Where the sorted runs of a table end. */
function* findingRuns(table: EntryTable): Steps<number[]> {
  const ends: number[] = [];
  for (let row = 1; row <= table.length; row++) {
    if (row === table.length || compareRows(table, row - 1, row) > 0) ends.push(row);
    if (row % rowsAStep === 0) yield;
  }
  return ends;
}

type Merge = { rows: Uint32Array; spare: Uint32Array; from: number; middle: number; to: number };

function* merging(table: EntryTable, { rows, spare, from, middle, to }: Merge): Steps<void> {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    const [one = 0, other = 0] = [rows[left], rows[right]];
    const takesLeft = left < middle && (right >= to || compareRows(table, one, other) <= 0);
    spare[at] = takesLeft ? one : other;
    if (takesLeft) left++;
    else right++;
    if (at % rowsAStep === 0) yield;
  }
}

/** About a millisecond's. */
const rowsAStep = 1000;

function compareRows(table: EntryTable, one: number, other: number): number {
  return compareNames(nameOf(table, one), nameOf(table, other));
}
