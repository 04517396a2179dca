type Token =
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'literal'; readonly character: string };

/** A pattern that BuildKit does not accept in an expansion. */
export class PatternError extends Error {}

/** The work that a pattern may cost, in steps: beyond it the answer is left to BuildKit. */
const MAX_STEPS = 5_000_000;

/** What a pattern would cost too much to find out. */
export class TooCostly extends Error {}

/** `${value#pattern}`, or `##` when `longest`. */
export function withoutPrefix(value: string, pattern: string, longest: boolean): string {
  const characters = [...value];
  const end = matchEnds(characters, parsePattern(pattern), longest)[0];
  return end === undefined || end < 0 ? value : characters.slice(end).join('');
}

/** `${value%pattern}`, or `%%` when `longest`. */
export function withoutSuffix(value: string, pattern: string, longest: boolean): string {
  const characters = [...value].reverse();
  const end = matchEnds(characters, [...parsePattern(pattern)].reverse(), longest)[0];
  return end === undefined || end < 0 ? value : characters.slice(end).reverse().join('');
}

/** `${value/pattern/replacement}`, or `//` when `all`: leftmost and longest match first, an empty match never right after another. */
export function replaceMatches(value: string, pattern: string, replacement: string, all: boolean): string {
  const characters = [...value];
  const ends = matchEnds(characters, parsePattern(pattern), true);
  let result = '';
  let copied = 0;
  let from = 0;
  let lastEnd = -1;
  while (from <= characters.length) {
    const end = ends[from] ?? -1;
    const touches = end === from && from === lastEnd;
    if (end < 0 || touches) {
      from++;
      continue;
    }
    result += characters.slice(copied, from).join('') + replacement;
    copied = end;
    lastEnd = end;
    if (!all) break;
    from = end > from ? end : from + 1;
  }
  return result + characters.slice(copied).join('');
}

function parsePattern(pattern: string): readonly Token[] {
  const characters = [...pattern];
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push({ kind: 'any' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\') {
      const escaped = characters[++at];
      if (escaped === undefined || !'}/*?\\'.includes(escaped))
        throw new PatternError(`invalid escapeToken '\\${escaped ?? ''}'`);
      tokens.push({ kind: 'literal', character: escaped });
    } else tokens.push({ kind: 'literal', character });
  }
  return tokens;
}

/**
 * For every start the end of its longest (or shortest) match, -1 where there is none. A table instead of a regular
 * expression: the pattern is hostile and must not backtrack.
 */
function matchEnds(characters: readonly string[], tokens: readonly Token[], longest: boolean): readonly number[] {
  if ((characters.length + 1) * (tokens.length + 1) > MAX_STEPS) throw new TooCostly();
  const ends = new Array<number>(characters.length + 1).fill(-1);
  let next: number[] = [];
  for (let at = characters.length; at >= 0; at--) {
    const row = new Array<number>(tokens.length + 1).fill(-1);
    row[tokens.length] = at;
    for (let token = tokens.length - 1; token >= 0; token--) {
      row[token] = endFrom({
        token: tokens[token],
        character: characters[at],
        after: row[token + 1],
        next,
        index: token,
        longest,
      });
    }
    ends[at] = row[0] ?? -1;
    next = row;
  }
  return ends;
}

type Cell = {
  readonly token: Token | undefined;
  readonly character: string | undefined;
  readonly after: number | undefined;
  readonly next: readonly number[];
  readonly index: number;
  readonly longest: boolean;
};

function endFrom({ token, character, after, next, index, longest }: Cell): number {
  if (token === undefined) return -1;
  // A wildcard of BuildKit's does not cross a line break.
  const wild = character !== undefined && character !== '\n';
  if (token.kind === 'literal') return character === token.character ? (next[index + 1] ?? -1) : -1;
  if (token.kind === 'one') return wild ? (next[index + 1] ?? -1) : -1;
  const without = after ?? -1;
  const taking = wild ? (next[index] ?? -1) : -1;
  if (without < 0 || taking < 0) return Math.max(without, taking);
  return longest ? Math.max(without, taking) : Math.min(without, taking);
}
