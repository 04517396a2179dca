import type { Finding } from './finding.ts';

type Comparable = Pick<Finding, 'rule' | 'message' | 'evidence'>;

/** True when the baseline has no finding about the same thing; a size or line that moved does not make it new. */
export function isNewFinding(finding: Comparable, baseline: readonly Comparable[]): boolean {
  return !baseline.some((known) => identify(known) === identify(finding));
}

/** The path says what a finding is about; without one the message does, its numbers set aside. */
function identify({ rule, message, evidence }: Comparable): string {
  const path = evidence.find((each) => each.path !== undefined)?.path;
  return JSON.stringify([rule, path ?? message.replace(amount, '#')]);
}

const amount = /[+−±-]?\d[\d.]*( ?(%|[kMGT]?B\b))?/g;
