/** At most `length` characters on one line, the end replaced by `…`. */
export function shorten(text: string, length: number): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(oneLine);
  if (characters.length <= length) return oneLine;
  return `${characters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}…`;
}

/** The most that a table shows of an instruction or a path. */
export const cellLength = 80;
