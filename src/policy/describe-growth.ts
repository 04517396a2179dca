import { z } from 'zod';
import { formatBytes } from '../report/format-bytes.ts';
import type { RuleResult } from './define-rule.ts';

/** How much an image may grow: by bytes, or by percent of the baseline's unpacked bytes. */
export const growthLimit = z.union([
  z.strictObject({ bytes: z.int().nonnegative() }),
  z.strictObject({ percent: z.number().nonnegative() }),
]);

export type GrowthLimit = z.infer<typeof growthLimit>;

/** Growth and limit in words and as a measure. Percent of a baseline of 0 bytes is no number, so that is null. */
export function describeGrowth(
  bytes: number,
  baseline: number,
  limit: GrowthLimit,
): Required<Pick<RuleResult, 'statement' | 'measure'>> {
  const grown = `${formatBytes(bytes, { sign: true })} unpacked`;
  if ('bytes' in limit) {
    return {
      statement: `${grown}, ${formatBytes(limit.bytes, { sign: true })} allowed`,
      measure: { actual: bytes, limit: limit.bytes, unit: 'bytes' },
    };
  }
  const percent = baseline === 0 ? null : (bytes / baseline) * 100;
  const share = percent === null ? 'baseline 0 B' : formatPercent(percent);
  return {
    statement: `${grown} (${share}), ${formatPercent(limit.percent)} allowed`,
    measure: { actual: percent, limit: limit.percent, unit: 'percent' },
  };
}

function formatPercent(percent: number): string {
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}
