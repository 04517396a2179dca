import type { Failure } from '../report.ts';
import { cellLength, shorten } from './shorten.ts';

/** `` `RUN npm test` (line 14) ended with exit code 1 ``, or with the message where there is no exit code. */
export function failurePhrase({ step, line, exitCode, message }: Failure): string {
  // Without a step the message stands in its place.
  if (step === message) return withoutBackticks(shorten(message, 200));
  const where = line === undefined ? '' : ` (line ${line})`;
  const what =
    exitCode === undefined ? `failed: ${shorten(reasonOf(message, step), 200)}` : `ended with exit code ${exitCode}`;
  return `\`${withoutBackticks(shorten(step, cellLength))}\`${where} ${what}`;
}

/** A message (build/explain-failure.ts) begins with the instruction, perhaps cut, and its place: both stand before it already. */
function reasonOf(message: string, step: string): string {
  const instruction = step.slice(0, 100);
  const end = message.indexOf(mark, Math.min(step.length, 200));
  return message.startsWith(instruction) && end !== -1 ? message.slice(end + mark.length) : message;
}

const mark = ') failed: ';

/** Backticks mark code in our phrases, so a shell's own backticks are shown as quotes. */
function withoutBackticks(text: string): string {
  return text.replaceAll('`', "'");
}
