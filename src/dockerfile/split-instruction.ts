import { cutBlanks, isSpace, trimSpace } from './go-space.ts';

export type SplitInstruction = {
  /** As written; BuildKit does not care for its case. */
  readonly keyword: string;
  /** The `--name=value` words before the first other word, quotes and escapes removed. */
  readonly flags: readonly string[];
  /** What follows the flags, trimmed. */
  readonly rest: string;
};

/** Splits one joined instruction into keyword, flags and arguments. */
export function splitInstruction(line: string, escapeToken: string): SplitInstruction {
  const { head, rest } = cutBlanks(trimSpace(line));
  if (rest === undefined) return { keyword: head, flags: [], rest: '' };
  const { flags, end } = readFlags(rest, escapeToken);
  return { keyword: head, flags, rest: trimSpace(rest.slice(end)) };
}

function readFlags(text: string, escapeToken: string): { readonly flags: readonly string[]; readonly end: number } {
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text.charAt(at))) at++;
    if (!text.startsWith('--', at)) return { flags, end: at };
    const word = readWord(text, at, escapeToken);
    at = word.end;
    // A lone -- ends the flags and is none.
    if (word.text === '--') return { flags, end: at };
    flags.push(word.text);
  }
}

function readWord(text: string, start: number, escapeToken: string): { readonly text: string; readonly end: number } {
  let word = '';
  let quote = '';
  let at = start;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === '' && isSpace(character)) break;
    if (quote === '' ? character === "'" || character === '"' : character === quote) {
      quote = quote === '' ? character : '';
    } else if (character === escapeToken) {
      // The escape character at the very end is dropped.
      word += text.charAt(++at);
    } else {
      word += character;
    }
  }
  return { text: word, end: Math.min(at, text.length) };
}
