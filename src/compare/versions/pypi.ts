import { compareNumbers, compareText } from './compare-numbers.ts';

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

type Parsed = {
  readonly epoch: string;
  readonly release: readonly string[];
  /** Undefined where there is none. */
  readonly pre: { readonly rank: number; readonly number: string } | undefined;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  readonly local: readonly string[];
};

/** The order of Python versions (packaging.python.org, version specifiers, once PEP 440); undefined for what is none. */
export function comparePypi(a: string, b: string): number | undefined {
  const one = parse(a);
  const other = parse(b);
  if (one === undefined || other === undefined) return undefined;
  return (
    compareNumbers(one.epoch, other.epoch) ||
    compareRelease(one.release, other.release) ||
    preRank(one) - preRank(other) ||
    compareNumbers(one.pre?.number ?? '0', other.pre?.number ?? '0') ||
    compareOptional(one.post, other.post, -1) ||
    compareOptional(one.dev, other.dev, 1) ||
    compareLocal(one.local, other.local)
  );
}

function parse(version: string): Parsed | undefined {
  const found = pattern.exec(version.trim().toLowerCase());
  if (found === null) return undefined;
  const [, epoch = '0', release = '', pre, preNumber, implicitPost, post, dev, devNumber, local = ''] = found;
  return {
    epoch,
    release: release.split('.'),
    pre: pre === undefined ? undefined : { rank: phase(pre), number: preNumber || '0' },
    post: implicitPost ?? (post === undefined ? undefined : post || '0'),
    dev: dev === undefined ? undefined : devNumber || '0',
    local: local === '' ? [] : local.split(/[-_.]/),
  };
}

function phase(pre: string): number {
  if (pre === 'a' || pre === 'alpha') return 1;
  return pre === 'b' || pre === 'beta' ? 2 : 3;
}

/** A development release of the final one comes before all pre-releases. */
function preRank({ pre, post, dev }: Parsed): number {
  if (pre !== undefined) return pre.rank;
  return post === undefined && dev !== undefined ? 0 : 4;
}

/** Zeros at the end mean nothing. */
function compareRelease(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareNumbers(a[at] ?? '0', b[at] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** `absent` is how a missing number compares with any. */
function compareOptional(a: string | undefined, b: string | undefined, absent: 1 | -1): number {
  if (a === undefined) return b === undefined ? 0 : absent;
  return b === undefined ? -absent : compareNumbers(a, b);
}

/** Numbers are more than words; the longer is more. */
function compareLocal(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [one = '', other = ''] = [a[at], b[at]];
    const isNumber = /^\d+$/.test(one);
    if (isNumber !== /^\d+$/.test(other)) return isNumber ? 1 : -1;
    const order = isNumber ? compareNumbers(one, other) : compareText(one, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
