import type { Verdict } from '../report.ts';

/** The verdict in one word, the same in every format. */
export const verdictWord: Readonly<Record<Verdict, string>> = { pass: 'Pass', fail: 'Fail', error: 'Error' };
