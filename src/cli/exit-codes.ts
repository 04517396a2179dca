import type { Verdict } from '../report/report.ts';

/** What a run that came to a verdict exits with. */
export const exitCodes: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, error: 3 };
