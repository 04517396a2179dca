import { link } from './links.ts';

const longestAddress = 500;

/** One line that says what a page lacks, and where it is. Nothing in `words` is from outside. */
export function leftOut(words: readonly string[], summaryUrl: string | undefined): string {
  const what = `✂️ Left out, as it would be too long: ${words.join('; ')}.`;
  if (summaryUrl === undefined || summaryUrl.length > longestAddress) return what;
  return `${what} More is in the ${link('job summary', summaryUrl)}.`;
}
