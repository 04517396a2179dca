import { escapeMarkdownBlock } from '../../escape.ts';
import type { Failure } from '../report.ts';
import { count } from '../view/count.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { logTail } from '../view/log-tail.ts';
import { inline } from './inline.ts';
import { section } from './section.ts';

/** The last lines that a failing step wrote, collapsed. `step` is our own name for it. */
export function failureLog(step: string, failure: Failure, lines: number): string {
  const log = logTail(failure.log, lines);
  if (log.length === 0) return '';
  // The colon is escaped with the rest: behind `:x` it would make an emoji.
  const body = `${inline(`${failurePhrase(failure)}:`)}\n\n${escapeMarkdownBlock(log, 'text')}`;
  return section(`Log of the ${step}`, `last ${count(log.length, 'line')}`, body);
}
