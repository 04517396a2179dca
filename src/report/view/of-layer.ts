import type { Profile } from '../../profile/profile.ts';

/** ` of layer 3` where the lists are about one layer alone. */
export function ofLayer({ focus }: Pick<Profile, 'focus'>): string {
  return focus?.layer === undefined ? '' : ` of layer ${focus.layer}`;
}
