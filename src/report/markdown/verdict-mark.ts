import type { Check, Finding } from '../../policy/finding.ts';
import type { Verdict } from '../report.ts';
import { isWaived } from '../view/policy.ts';
import { verdictWord } from '../view/verdict.ts';

const verdictSymbol: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', error: '⚠️' };

/** `✅ Pass`: a symbol and a word, so that it reads without either. */
export function verdictMark(verdict: Verdict): string {
  return `${verdictSymbol[verdict]} ${verdictWord[verdict]}`;
}

/** The state of a check as symbol and word, for a table cell. */
export function checkMark({ severity, status }: Check): string {
  switch (status) {
    case 'passed':
      return '✅ pass';
    case 'waived':
      return '☑️ waived';
    case 'not-judged':
      return '❔ not judged';
    case 'failed':
      return severity === 'error' ? '❌ error' : '⚠️ warning';
  }
}

/** The weight of a finding as symbol and word. */
export function findingMark(finding: Finding): string {
  if (isWaived(finding)) return '☑️ waived';
  return finding.severity === 'error' ? '❌ error' : '⚠️ warning';
}
