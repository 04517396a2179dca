import type { ImageReport, WeighedPlatform } from '../report.ts';
import { isWeighed } from './is-weighed.ts';

/** An image that was opened and weighed, but neither built nor judged; undefined for every other report. */
export function inspected({ platforms, checks, error }: ImageReport): WeighedPlatform | undefined {
  const [only, ...others] = platforms;
  if (only === undefined || others.length > 0 || error !== undefined || !isWeighed(only)) return undefined;
  return only.build === undefined && checks.length + only.checks.length === 0 ? only : undefined;
}
