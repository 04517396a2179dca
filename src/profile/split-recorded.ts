import { baseByDiffIds, type NamedBase } from './known-base.ts';
import type { Profile } from './profile.ts';

/** A recorded profile with its layers told apart by a base that somebody names now; as it was where the base is none of it. */
export function splitRecorded(profile: Profile, named: NamedBase): Profile {
  const known = baseByDiffIds(profile, named);
  if (known === undefined) return profile;
  const { baseCount, originFrom, reference, digest } = known;
  const { digest: _digest, reference: _reference, ...base } = profile.base;
  return {
    ...profile,
    layers: profile.layers.map((layer, at) => ({
      ...layer,
      origin: at < baseCount ? 'base' : 'own',
      originFrom,
    })),
    base: {
      ...base,
      ...(reference === undefined ? {} : { reference }),
      ...(digest === undefined ? {} : { digest }),
    },
  };
}
