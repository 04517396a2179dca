import type { ImageReport, Report, UnbuiltPlatform, WeighedPlatform } from './report.ts';
import { isWeighed } from './view/is-weighed.ts';

/** Whether size, findings or verdict differ from the baseline; also true where no baseline could say so. */
export function hasChanged({ verdict, images }: Report): boolean {
  // A baseline keeps no verdict: what does not pass is news until it does.
  return verdict !== 'pass' || images.length === 0 || images.some(hasImageChanged);
}

function hasImageChanged({ platforms, findings }: ImageReport): boolean {
  return platforms.length === 0 || findings.some(isNotKnown) || platforms.some(hasPlatformChanged);
}

function hasPlatformChanged(platform: WeighedPlatform | UnbuiltPlatform): boolean {
  if (!isWeighed(platform) || platform.delta === undefined) return true;
  const { unpackedBytes, downloadBytes } = platform.delta;
  return unpackedBytes !== 0 || (downloadBytes ?? 0) !== 0 || platform.findings.some(isNotKnown);
}

function isNotKnown({ isNew }: { readonly isNew: boolean | null }): boolean {
  return isNew === true;
}
