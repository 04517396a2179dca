import type { WeighedPlatform } from '../report.ts';

/** Whose a change is that is none of the base image: a reviewer's own lines, or layers of images that somebody built. */
export function ownWord({ build }: Pick<WeighedPlatform, 'build'>): string {
  return build === undefined ? 'own layers' : 'your lines';
}

/** The same as a heading. */
export function ownTitle(platform: Pick<WeighedPlatform, 'build'>): string {
  return ownWord(platform).replace(/^./, (letter) => letter.toUpperCase());
}
