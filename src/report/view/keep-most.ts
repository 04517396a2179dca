/** The most rows of one table; what does not fit is counted in "… and N more". */
export const maxRows = 15;

/** The `count` heaviest rows in their given order, and how many were left out. */
export function keepMost<Row>(
  rows: readonly Row[],
  count: number,
  weigh: (row: Row) => number,
): { readonly kept: readonly Row[]; readonly left: readonly Row[] } {
  if (rows.length <= count) return { kept: rows, left: [] };
  const heaviest = new Set([...rows].sort((a, b) => weigh(b) - weigh(a)).slice(0, count));
  return { kept: rows.filter((row) => heaviest.has(row)), left: rows.filter((row) => !heaviest.has(row)) };
}
