import type { ImageReport, Verdict } from '../report.ts';

const weights: Readonly<Record<Verdict, number>> = { fail: 2, error: 1, pass: 0 };

/** How much an image needs eyes: what failed before what could not be judged before what passed. */
export function weighVerdict({ verdict }: Pick<ImageReport, 'verdict'>): number {
  return weights[verdict];
}
