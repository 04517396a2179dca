import type { Profile } from '../../profile/profile.ts';
import type { WeighedPlatform } from '../report.ts';

/** One sentence on how base and own layers were told apart, or that they could not be. */
export function splitPhrase({ layers, base }: Pick<Profile, 'layers' | 'base'>): string {
  const from = layers.find(({ originFrom }) => originFrom !== 'unknown')?.originFrom;
  if (from === undefined) return 'Which layers came with a base image is not known: `--base IMAGE` tells them apart.';
  const reference = base.reference === undefined ? '' : ` \`${base.reference.replaceAll('`', "'")}\``;
  switch (from) {
    case 'provenance':
      return "Base and own layers are told apart by BuildKit's provenance.";
    case 'diff-id':
      return `Base and own layers are told apart by the diff IDs of${reference || ' the base image'}.`;
    case 'history':
      return 'Base and own layers are guessed from the history: `--base IMAGE` makes it sure.';
    case 'unknown':
      return '';
  }
}

/** The same for two images: without a split on either side, what would give one. */
export function comparedSplit(platform: Pick<WeighedPlatform, 'layers' | 'base' | 'delta'>): string {
  if (platform.delta?.base !== null) return splitPhrase(platform);
  return 'Which layers came with a base image is not known of both: `--base IMAGE` tells them apart.';
}
