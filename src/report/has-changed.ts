import type { ImageReport, Report, UnbuiltPlatform, WeighedPlatform } from './report.ts';
import { isWeighed } from './view/is-weighed.ts';

/** Whether size, packages, settings, findings or verdict differ from the baseline; also true where no baseline could say so. */
export function hasChanged({ error, images }: Report): boolean {
  return error !== undefined || images.length === 0 || images.some(hasImageChanged);
}

function hasImageChanged(image: ImageReport): boolean {
  return image.platforms.length === 0 || image.platforms.some((platform) => hasPlatformChanged(platform, image));
}

function hasPlatformChanged(platform: WeighedPlatform | UnbuiltPlatform, image: ImageReport): boolean {
  if (!isWeighed(platform) || platform.delta === undefined) return true;
  const { delta, baseline } = platform;
  const findings = [...image.findings, ...platform.findings];
  return (
    delta.unpackedBytes !== 0 ||
    (delta.downloadBytes ?? 0) !== 0 ||
    delta.packages.length > 0 ||
    delta.config.some(({ key }) => !isLabel(key)) ||
    baseline.verdict !== image.verdict ||
    baseline.findings !== findings.length ||
    findings.some(({ isNew }) => isNew === true)
  );
}

/** Many a build labels its image with commit and time: then every one would be a change. */
function isLabel(key: string): boolean {
  return key.startsWith('LABEL ');
}
