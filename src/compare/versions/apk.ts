import { compareNumbers, compareText } from './compare-numbers.ts';

type Token = { readonly kind: number; readonly text: string };

const kind = { first: 0, number: 1, letter: 2, suffix: 3, suffixNumber: 4, hash: 5, revision: 6, end: 7 };
const end: Token = { kind: kind.end, text: '' };

/** Before the version without a suffix, then after it. */
const earlier = ['alpha', 'beta', 'pre', 'rc'];
const suffixes = [...earlier, 'cvs', 'svn', 'git', 'hg', 'p'];

/** The order of Alpine versions (apk-package(5)); undefined for what is none. */
export function compareApk(a: string, b: string): number | undefined {
  const one = tokens(a);
  const other = tokens(b);
  if (one === undefined || other === undefined) return undefined;
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const order = compareTokens(one[at] ?? end, other[at] ?? end);
    if (order !== 0) return order;
  }
  return 0;
}

function tokens(version: string): Token[] | undefined {
  const pattern =
    /^([0-9]+)((?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)(?:~([0-9a-f]+))?(?:-r([0-9]+))?$/;
  const found = pattern.exec(version);
  if (found === null) return undefined;
  const [, first = '', numbers = '', letter = '', parts = '', hash, revision] = found;
  const list: Token[] = [{ kind: kind.first, text: first }];
  for (const text of numbers.split('.').slice(1)) list.push({ kind: kind.number, text });
  if (letter !== '') list.push({ kind: kind.letter, text: letter });
  for (const [, name = '', number = ''] of parts.matchAll(/_([a-z]+)([0-9]*)/g)) {
    list.push({ kind: kind.suffix, text: name });
    if (number !== '') list.push({ kind: kind.suffixNumber, text: number });
  }
  if (hash !== undefined) list.push({ kind: kind.hash, text: hash });
  if (revision !== undefined) list.push({ kind: kind.revision, text: revision });
  return list;
}

function compareTokens(a: Token, b: Token): number {
  if (a.kind !== b.kind) {
    if (a.kind === kind.suffix && earlier.includes(a.text)) return -1;
    if (b.kind === kind.suffix && earlier.includes(b.text)) return 1;
    return b.kind - a.kind;
  }
  if (a.kind === kind.suffix) return suffixes.indexOf(a.text) - suffixes.indexOf(b.text);
  // As Gentoo has it: with a leading zero a number is a fraction.
  const isFraction = a.kind === kind.number && (a.text.startsWith('0') || b.text.startsWith('0'));
  const isText = isFraction || a.kind === kind.letter || a.kind === kind.hash;
  return isText ? compareText(a.text, b.text) : compareNumbers(a.text, b.text);
}
