import { displayWidth, splitAt } from './display-width.ts';

/** Spaces, but not those between a number and its unit. */
const breaks = / (?!(?:[kMGT]?B\b|%|s\b|min\b|h\b))/;

/** Breaks safe, unpainted text at spaces so that each line fits `width` columns; longer words are cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(breaks).flatMap((one) => splitAt(one, width))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(joined) > width) {
      lines.push(line);
      line = word;
    } else {
      line = joined;
    }
  }
  return [...lines, line];
}
