import type { ImageReport, WeighedPlatform } from '../report.ts';
import { isWeighed } from './is-weighed.ts';

/** What `compare` compared: two images or reports, nothing built here; undefined for every other report. */
export function compared({ platforms, error }: ImageReport): WeighedPlatform | undefined {
  const [only, ...others] = platforms;
  if (only === undefined || others.length > 0 || error !== undefined || !isWeighed(only)) return undefined;
  return only.delta !== undefined && only.build === undefined ? only : undefined;
}
