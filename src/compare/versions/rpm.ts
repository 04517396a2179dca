import { compareNumbers, compareText } from './compare-numbers.ts';

/** The order of RPM versions, `[epoch:]version[-release]` (rpm-version(7)). */
export function compareRpm(a: string, b: string): number {
  const one = parse(a);
  const other = parse(b);
  return (
    compareNumbers(one.epoch, other.epoch) ||
    comparePart(one.version, other.version) ||
    (one.release === '' || other.release === '' ? 0 : comparePart(one.release, other.release))
  );
}

function parse(written: string): { epoch: string; version: string; release: string } {
  const [, epoch = '0', rest = written] = /^(?:([0-9]+):)?(.*)$/s.exec(written) ?? [];
  const dash = rest.lastIndexOf('-');
  return { epoch, version: dash < 0 ? rest : rest.slice(0, dash), release: dash < 0 ? '' : rest.slice(dash + 1) };
}

/** Segments of digits and of letters; anything else but `~` and `^` only parts them. */
function comparePart(a: string, b: string): number {
  const one = a.match(/[0-9]+|[A-Za-z]+|~|\^/g) ?? [];
  const other = b.match(/[0-9]+|[A-Za-z]+|~|\^/g) ?? [];
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const order = compareSegment(one[at], other[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** `~` is less than the end, `^` more than the end and less than anything else; digits are more than letters. */
function compareSegment(a: string | undefined, b: string | undefined): number {
  const order = rank(a) - rank(b);
  if (order !== 0 || a === undefined || b === undefined) return order;
  return rank(a) === digits ? compareNumbers(a, b) : compareText(a, b);
}

const digits = 4;

function rank(segment: string | undefined): number {
  if (segment === undefined) return 1;
  if (segment === '~') return 0;
  if (segment === '^') return 2;
  return /^[0-9]/.test(segment) ? digits : 3;
}
