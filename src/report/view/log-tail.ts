import { stripColours } from '../../escape.ts';

/** The most lines of one log that a page shows. */
export const maxLogLines = 40;
const maxLength = 300;

/** The last lines of a log, each cut to a length that a page can bear. Still to be escaped. */
export function logTail(log: readonly string[], lines = maxLogLines): string[] {
  return log.slice(log.length - Math.min(lines, log.length)).map((line) => {
    const characters = Array.from(stripColours(line).trimEnd());
    return characters.length <= maxLength ? characters.join('') : `${characters.slice(0, maxLength).join('')}…`;
  });
}
