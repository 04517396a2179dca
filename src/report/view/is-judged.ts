import type { ImageReport } from '../report.ts';
import { isWeighed } from './is-weighed.ts';

/** Whether any rule was held against the image: without one its verdict says nothing. */
export function isJudged({ checks, platforms }: ImageReport): boolean {
  return checks.length > 0 || platforms.some((platform) => !isWeighed(platform) || platform.checks.length > 0);
}
