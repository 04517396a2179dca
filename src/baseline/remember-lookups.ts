import type { BaselineLookup, Wanted } from './find-baseline.ts';

/** Looks up what one image of this run is compared with. */
export type LookUp = (wanted: Omit<Wanted, 'head'>) => Promise<BaselineLookup>;

/** Asks once for each image and platform, so that a lookup begun beside a build is the one that is used after it. */
export function rememberLookups(findBaseline: LookUp): LookUp {
  const lookups = new Map<string, Promise<BaselineLookup>>();
  return (wanted) => {
    const name = JSON.stringify([wanted.entry.name, wanted.platform]);
    const lookup = lookups.get(name) ?? findBaseline(wanted);
    lookups.set(name, lookup);
    // Whoever waits for it hears of a bug; a build that fails meanwhile must not end the process.
    lookup.catch(() => {});
    return lookup;
  };
}
