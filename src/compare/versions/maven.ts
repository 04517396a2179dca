import { compareNumbers, compareText } from './compare-numbers.ts';

type Token = { readonly separator: '.' | '-'; readonly text: string };

const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const synonyms = new Map([
  ['cr', 'rc'],
  ['final', ''],
  ['ga', ''],
  ['release', ''],
]);
/** Only before a number. */
const short = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/** The order of Maven versions (the POM reference, "Version Order Specification"): every text is one. */
export function compareMaven(a: string, b: string): number {
  const one = tokens(a.toLowerCase());
  const other = tokens(b.toLowerCase());
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const order = compareTokens(one[at] ?? missing(other[at]), other[at] ?? missing(one[at]));
    if (order !== 0) return order;
  }
  return 0;
}

/** Split at `.`, `-` and between digits and letters; nothing between two separators is 0. Trailing nothings are left out. */
function tokens(version: string): Token[] {
  const list: Token[] = [];
  let separator: Token['separator'] = '.';
  for (const part of version.split(/([.-])/)) {
    if (part === '.' || part === '-') {
      separator = part;
      continue;
    }
    for (const [at, text] of (part.match(/\d+|\D+/g) ?? ['0']).entries()) {
      list.push({ separator: at === 0 ? separator : '-', text });
    }
  }
  return trimmed(
    list.map(({ separator: before, text }, at) => ({ separator: before, text: known(text, list[at + 1]) })),
  );
}

function known(text: string, next: Token | undefined): string {
  const isBeforeNumber = next !== undefined && next.separator === '-' && isNumber(next.text);
  return (isBeforeNumber ? short.get(text) : undefined) ?? synonyms.get(text) ?? text;
}

/** From the end, and from each hyphen back. */
function trimmed(list: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let canGo = true;
  for (const token of [...list].reverse()) {
    if (canGo && isNothing(token.text)) continue;
    canGo = token.separator === '-';
    kept.push(token);
  }
  return kept.reverse();
}

function isNothing(text: string): boolean {
  return text === '' || /^0+$/.test(text);
}

function isNumber(text: string): boolean {
  return /^\d/.test(text);
}

/** What the shorter version is filled up with. */
function missing(other: Token | undefined): Token {
  return { separator: other?.separator ?? '.', text: other !== undefined && isNumber(other.text) ? '0' : '' };
}

function compareTokens(a: Token, b: Token): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (isNumber(a.text)) return compareNumbers(a.text, b.text);
  return qualifierRank(a.text) - qualifierRank(b.text) || compareText(a.text, b.text);
}

/** `.qualifier` = `-qualifier` < `-number` < `.number`. */
function rank({ separator, text }: Token): number {
  if (!isNumber(text)) return 0;
  return separator === '-' ? 1 : 2;
}

/** Unknown ones come after the known ones. */
function qualifierRank(text: string): number {
  const at = qualifiers.indexOf(text);
  return at < 0 ? qualifiers.length : at;
}
