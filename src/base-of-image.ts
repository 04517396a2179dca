import type { Image } from './image/image.ts';
import {
  baseByDiffIds,
  baseByHistory,
  commonLayers,
  type KnownBase,
  type Layered,
  type NamedBase,
} from './profile/known-base.ts';
import { count } from './report/view/count.ts';
import type { ImageSource } from './settings/image-source.ts';

/** Opens an image for the platform that is asked for, or the one there is. */
export type OpenImage = (source: ImageSource, platform: string | undefined) => Promise<Image>;

/** What is known of the base of an image that nobody built here, and what was odd about the one that was named. */
export type BaseOfImage = { readonly knownBase: KnownBase | undefined; readonly notes: readonly string[] };

/** By the layers of the base that was named, opened for the image's platform; without one, or where it is none, by history. */
export async function baseOfImage(
  image: Image,
  base: ImageSource | undefined,
  openImage: OpenImage,
): Promise<BaseOfImage> {
  if (base === undefined) return { knownBase: baseByHistory(image), notes: [] };
  const named = await openNamedBase(base, image.platform, openImage);
  return { knownBase: baseByDiffIds(image, named) ?? baseByHistory(image), notes: baseNotes(image, named) };
}

/** The base that was named, as an image of this platform. */
export async function openNamedBase(base: ImageSource, platform: string, openImage: OpenImage): Promise<NamedBase> {
  return { reference: referenceOf(base), image: await openImage(base, platform) };
}

/** A layout or archive is named by itself: anybody can give what is in it a name. */
function referenceOf({ transport, place, written }: ImageSource): string {
  return transport === 'docker' || transport === 'docker-daemon' ? place : written;
}

/** Where the image does not stand on all of the base that was named, one sentence that says so. */
export function baseNotes(image: Layered, { reference, image: base }: NamedBase): string[] {
  const common = commonLayers(image, base);
  const all = base.layers.length;
  if (common === all) return [];
  if (common === 0) return [`${reference} is not the base of this image: their lowest layers differ.`];
  const share = `the lowest ${common} of its ${count(all, 'layer')}`;
  return [`The image shares ${share} with ${reference}: it was built on another version of it.`];
}
