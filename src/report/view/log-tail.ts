import { stripColours } from '../../escape.ts';

const maxLines = 40;
const maxLength = 300;

/** The last lines of a log, each cut to a length that a page can bear. Still to be escaped. */
export function logTail(log: readonly string[]): string[] {
  return log.slice(-maxLines).map((line) => {
    const characters = Array.from(stripColours(line).trimEnd());
    return characters.length <= maxLength ? characters.join('') : `${characters.slice(0, maxLength).join('')}…`;
  });
}
