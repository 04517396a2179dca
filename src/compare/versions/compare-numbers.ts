/** Negative, zero or positive; digits only, of any length. */
export function compareNumbers(a: string, b: string): number {
  const one = a.replace(/^0+(?=.)/, '');
  const other = b.replace(/^0+(?=.)/, '');
  return one.length - other.length || compareText(one, other);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
