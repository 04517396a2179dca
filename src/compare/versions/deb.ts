import { compareNumbers } from './compare-numbers.ts';

/** The order of Debian versions, `[epoch:]upstream[-revision]` (deb-version(7)); undefined for what is none. */
export function compareDeb(a: string, b: string): number | undefined {
  const one = parse(a);
  const other = parse(b);
  if (one === undefined || other === undefined) return undefined;
  return (
    compareNumbers(one.epoch, other.epoch) ||
    compareParts(one.upstream, other.upstream) ||
    compareParts(one.revision, other.revision)
  );
}

function parse(version: string): { epoch: string; upstream: string; revision: string } | undefined {
  const [, epoch = '0', rest = ''] = /^(?:([0-9]+):)?([A-Za-z0-9.+~:-]+)$/.exec(version) ?? [];
  if (rest === '') return undefined;
  const dash = rest.lastIndexOf('-');
  return { epoch, upstream: dash < 0 ? rest : rest.slice(0, dash), revision: dash < 0 ? '' : rest.slice(dash + 1) };
}

/** Runs of other characters and of digits in turn; a missing one is empty, or zero. */
function compareParts(a: string, b: string): number {
  const one = split(a);
  const other = split(b);
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const isNumber = at % 2 === 1;
    const order = isNumber
      ? compareNumbers(one[at] ?? '0', other[at] ?? '0')
      : compareLetters(one[at] ?? '', other[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** At even places what is no digit, perhaps nothing; at odd ones digits. */
function split(part: string): string[] {
  return part.split(/([0-9]+)/);
}

function compareLetters(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = rank(a[at]) - rank(b[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** `~` sorts before the end, letters before all other characters. */
function rank(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}
