import type { Check } from '../../policy/finding.ts';
import type { Verdict } from '../report.ts';
import { verdictWord } from '../view/verdict.ts';
import type { Cell } from './columns.ts';
import type { Paint } from './paint.ts';

const symbols: Readonly<Record<Verdict, string>> = { pass: '✔', fail: '✖', error: '!' };

/** `✔ PASS`: symbol and word, coloured where there is colour. */
export function verdictBadge(verdict: Verdict, paint: Paint): string {
  return paint('bold', paint(verdict, `${symbols[verdict]} ${verdictWord[verdict].toUpperCase()}`));
}

/** The state of a check as symbol and word. */
export function checkCell({ status, severity }: Check): Cell {
  switch (status) {
    case 'passed':
      return { text: '✔ pass', style: 'pass' };
    case 'waived':
      return { text: '~ waived', style: 'dim' };
    case 'not-judged':
      return { text: '? not judged', style: 'error' };
    case 'failed':
      return severity === 'error' ? { text: '✖ error', style: 'fail' } : { text: '! warning', style: 'near' };
  }
}
