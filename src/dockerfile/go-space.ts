const SPACES = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACE = new RegExp(`^[${SPACES}]$`);
const LEADING = new RegExp(`^[${SPACES}]+`);

/** Whether BuildKit counts the character as white space; unlike `\s` this takes U+0085 and leaves U+FEFF. */
export function isSpace(character: string): boolean {
  return SPACE.test(character);
}

export function trimStartSpace(text: string): string {
  return text.replace(LEADING, '');
}

export function trimSpace(text: string): string {
  const start = trimStartSpace(text);
  let end = start.length;
  while (end > 0 && isSpace(start.charAt(end - 1))) end--;
  return start.slice(0, end);
}

/** Cuts at the runs of blanks between the words of one instruction; a line break is no blank here. */
export function splitBlanks(text: string): readonly string[] {
  return text === '' ? [] : text.split(/[\t\v\f\r ]+/);
}

/** The first word and what follows the blanks after it; `rest` is undefined when there is only one word. */
export function cutBlanks(text: string): { readonly head: string; readonly rest: string | undefined } {
  const blank = /[\t\v\f\r ]+/.exec(text);
  if (blank === null) return { head: text, rest: undefined };
  return { head: text.slice(0, blank.index), rest: text.slice(blank.index + blank[0].length) };
}
