import { isSpace } from './go-space.ts';

/** The words of an ARG, ENV or LABEL: cut at white space outside quotes, with quotes and escapes left in them. */
export function splitWords(text: string, escapeToken: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === '' && isSpace(character)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    // Nothing can be escaped between single quotes.
    if (character === escapeToken && quote !== "'") {
      // The escape character at the very end is dropped.
      if (at + 1 < text.length) word += character + text.charAt(++at);
      continue;
    }
    if (quote === '' ? character === "'" || character === '"' : character === quote)
      quote = quote === '' ? character : '';
    word += character;
  }
  return word === '' ? words : [...words, word];
}
