import type { BuildRecord } from './build-record.ts';
import { CACHE_REFUSED } from './explain-failure.ts';

/** Why BuildKit does not use the build cache that it was given; undefined for a build that failed for another reason. */
export function cacheRefusal({ failure }: Pick<BuildRecord, 'failure'>): string | undefined {
  const isRefusal = failure !== undefined && failure.step === undefined && failure.message.startsWith(CACHE_REFUSED);
  // Addresses in it are signed in their queries.
  return isRefusal ? failure.message.slice(CACHE_REFUSED.length).replace(/\?[^\s"']+/g, '') : undefined;
}

/** What went wrong with the build cache of a build that went on. BuildKit's own words hold signed addresses, so they are left out. */
export function cacheTroubles({ status, steps }: Pick<BuildRecord, 'status' | 'steps'>): readonly string[] {
  const broken = steps.filter(({ kind, error }) => status === 'built' && kind === 'cache' && error !== undefined);
  const sentences = broken.map(({ name }) =>
    /^export/i.test(name)
      ? 'BuildKit could not export the build cache: the next build starts without it.'
      : 'BuildKit could not import the build cache: this build started without it.',
  );
  return [...new Set(sentences)];
}
