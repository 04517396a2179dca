import type { Verdict } from './report.ts';

/** The verdict of a run over several images: a known failure outweighs what could not be judged. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('error') ? 'error' : 'pass';
}
