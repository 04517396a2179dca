import type { BuildFailure } from '../build/build-record.ts';
import type { Verdict } from '../report/report.ts';
import type { Check, Finding } from './finding.ts';
import { isWaived } from './waiver.ts';

/** Which severity fails: `error` those alone, `warning` both, `never` none. */
export type FailOn = 'error' | 'warning' | 'never';

/**
 * What a judgement comes to; a fault that is certain goes before what could not be judged.
 * `couldNotBuild` says whose fault it is that there is no image: no `failOn` makes an image out of that.
 */
export function verdictOf({
  checks,
  findings,
  failOn,
  couldNotBuild,
}: {
  readonly checks: readonly Check[];
  readonly findings: readonly Finding[];
  readonly failOn: FailOn;
  readonly couldNotBuild?: BuildFailure['fault'] | undefined;
}): Verdict {
  const fails = ({ severity }: { severity: Finding['severity'] }) => failing[failOn].includes(severity);
  if (couldNotBuild === 'dockerfile') return 'fail';
  if (findings.some((finding) => fails(finding) && !isWaived(finding))) return 'fail';
  if (couldNotBuild === 'infrastructure') return 'error';
  return checks.some((check) => fails(check) && check.status === 'not-judged') ? 'error' : 'pass';
}

const failing: Readonly<Record<FailOn, readonly Finding['severity'][]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  never: [],
};
