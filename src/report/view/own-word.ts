import type { WeighedPlatform } from '../report.ts';

/** Whose a change is that is none of the base image: a reviewer's own lines, or layers of images that somebody built. */
export function ownWord({ source }: WeighedPlatform['baseline']): string {
  return source === 'image' || source === 'report' ? 'own layers' : 'your lines';
}
