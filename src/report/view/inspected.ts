import type { ImageReport, WeighedPlatform } from '../report.ts';
import { isJudged } from './is-judged.ts';
import { isWeighed } from './is-weighed.ts';

/** An image that was opened and weighed, but neither built nor compared nor judged; undefined for every other report. */
export function inspected(image: ImageReport): WeighedPlatform | undefined {
  const { platforms, error } = image;
  const [only, ...others] = platforms;
  if (only === undefined || others.length > 0 || error !== undefined || !isWeighed(only)) return undefined;
  return only.build === undefined && only.delta === undefined && !isJudged(image) ? only : undefined;
}
