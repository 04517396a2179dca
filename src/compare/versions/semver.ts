import { compareNumbers, compareText } from './compare-numbers.ts';

/** The order of semver.org, 2.0.0, §11, with or without `v`; undefined for what is no such version. */
export function compareSemver(a: string, b: string): number | undefined {
  return compareParsed(parse(a), parse(b));
}

/** The same for Go: modules have `v`, the toolchain `go1.22` or `go1.22rc1`. */
export function compareGo(a: string, b: string): number | undefined {
  return compareParsed(parse(toolchain(a)), parse(toolchain(b)));
}

function toolchain(version: string): string {
  const [, major, minor, patch = '0', kind, number] =
    /^go(\d+)\.(\d+)(?:\.(\d+))?(?:(beta|rc)(\d+))?(?:[ -].*)?$/s.exec(version) ?? [];
  if (major === undefined) return version;
  return `${major}.${minor}.${patch}${kind === undefined ? '' : `-${kind}.${number}`}`;
}

type Parsed = { readonly numbers: readonly string[]; readonly pre: readonly string[] };

function parse(version: string): Parsed | undefined {
  const pattern = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?$/;
  const [, major, minor, patch, pre] = pattern.exec(version) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  return { numbers: [major, minor, patch], pre: pre === undefined ? [] : pre.split('.') };
}

function compareParsed(a: Parsed | undefined, b: Parsed | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  for (const [at, number] of a.numbers.entries()) {
    const order = compareNumbers(number, b.numbers[at] ?? '0');
    if (order !== 0) return order;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (const [at, part] of a.pre.entries()) {
    const order = comparePre(part, b.pre[at]);
    if (order !== 0) return order;
  }
  return a.pre.length - b.pre.length;
}

function comparePre(a: string, b: string | undefined): number {
  if (b === undefined) return 1;
  const isNumber = /^\d+$/.test(a);
  if (isNumber !== /^\d+$/.test(b)) return isNumber ? -1 : 1;
  return isNumber ? compareNumbers(a, b) : compareText(a, b);
}
