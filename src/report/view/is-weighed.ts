import type { UnbuiltPlatform, WeighedPlatform } from '../report.ts';

/** Whether this platform has an image that was weighed. */
export function isWeighed(platform: WeighedPlatform | UnbuiltPlatform): platform is WeighedPlatform {
  return 'size' in platform;
}
