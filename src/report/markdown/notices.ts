import { inline } from './inline.ts';

/** Sentences that a reader must not miss, as one alert of GitHub's; they may come from outside. Empty without any. */
export function notices(sentences: readonly string[], most: number): string {
  const items = sentences.filter((sentence) => sentence.trim() !== '').map(inline);
  if (items.length === 0 || most === 0) return '';
  const shown = items.slice(0, most);
  if (items.length > most) shown.push(`… and ${items.length - most} more`);
  // GitHub reads an alert at the top level only, and of two in a row the second is a plain quote.
  return ['[!WARNING]', ...(shown.length === 1 ? shown : shown.map((item) => `- ${item}`))]
    .map((line) => `> ${line}`)
    .join('\n');
}
