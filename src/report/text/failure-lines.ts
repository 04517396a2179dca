import { escapeTerminal } from '../../escape.ts';
import type { Failure } from '../report.ts';
import { failurePhrase } from '../view/failure-phrase.ts';
import { logTail } from '../view/log-tail.ts';
import { truncate } from './display-width.ts';
import { inline } from './inline.ts';
import type { Screen } from './screen.ts';

/** A failing step with the last lines that it wrote, each after a bar so that it cannot pass for our own words. */
export function failureLines(failure: Failure, { paint, width }: Screen): string[] {
  const log = logTail(failure.log).map((line) => escapeTerminal(line.replaceAll('\t', '    ')));
  return [
    `${paint('fail', '✖')} ${inline(failurePhrase(failure), paint)}${log.length === 0 ? '' : ':'}`,
    ...log.map((line) => `  ${paint('dim', '│')} ${truncate(line, width - 4)}`.trimEnd()),
  ];
}
