import type { ImageChoice } from './choose-manifest.ts';
import { formatPlatform, parsePlatform } from './platform.ts';

/** The images for the platform asked for; where none was asked for and there are several, those for the default one, if any. */
export function ofWantedPlatform<Entry extends { readonly platform: string }>(
  images: readonly Entry[],
  { platform, defaultPlatform }: ImageChoice,
): readonly Entry[] {
  if (platform !== undefined) return ofPlatform(images, platform);
  if (images.length < 2 || defaultPlatform === undefined) return images;
  const ofDefault = ofPlatform(images, defaultPlatform);
  return ofDefault.length > 0 ? ofDefault : images;
}

function ofPlatform<Entry extends { readonly platform: string }>(
  images: readonly Entry[],
  platform: string,
): readonly Entry[] {
  // Of what a stranger's index says nothing is parsed: its entries bear what `formatPlatform` made of it.
  const wanted = formatPlatform(parsePlatform(platform));
  return images.filter((image) => image.platform === wanted);
}
