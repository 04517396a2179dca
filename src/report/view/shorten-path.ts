/** A path of at most `length` characters: what is cut is its middle, since beginning and end say where and what it is. */
export function shortenPath(path: string, length: number): string {
  const characters = Array.from(path);
  if (characters.length <= length) return path;
  const start = Math.floor((length - 1) / 3);
  return `${characters.slice(0, start).join('')}…${characters.slice(start + 1 - length).join('')}`;
}
