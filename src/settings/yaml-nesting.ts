import { type CST, Lexer, Parser } from 'yaml';

/** Maps and lists in each other; a config needs six. */
export const deepestNesting = 32;

/**
 * Offset at which a YAML text nests deeper than `deepestNesting`, else undefined. Asked before the text is parsed: the parser
 * recurses, and where V8 compiles a regular expression at the end of the stack, the whole process aborts.
 */
export function tooDeepAt(text: string, limit = deepestNesting): number | undefined {
  return flowTooDeepAt(text, limit) ?? treeTooDeepAt(text, limit);
}

/** Brackets, by the lexer alone, which does not recurse. */
function flowTooDeepAt(text: string, limit: number): number | undefined {
  let offset = 0;
  let depth = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (isMark(lexeme)) {
      isScalar = lexeme === scalarMark;
      if (lexeme === flowEndMark) depth = 0;
      continue;
    }
    if (!isScalar && (lexeme === '[' || lexeme === '{')) depth++;
    if (!isScalar && (lexeme === ']' || lexeme === '}')) depth--;
    if (depth > limit) return offset;
    offset += lexeme.length;
    isScalar = false;
  }
  return undefined;
}

/** Lists and maps by indentation, in the syntax tree, which is built and walked without recursion. */
function treeTooDeepAt(text: string, limit: number): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of new Parser().parse(text)) open.push({ token, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limit) return token.offset;
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child !== undefined && child !== null));
}

const scalarMark = '\u{1f}';
const flowEndMark = '\u{18}';

/** The lexer's own marks, which stand for no character of the text: document start, end of flow, scalar. */
function isMark(lexeme: string): boolean {
  return lexeme === '\u{2}' || lexeme === flowEndMark || lexeme === scalarMark;
}
