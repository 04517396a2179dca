import type { CheckFlags } from '../settings/check-flags.ts';

/** What commander hands over: its `--no-…` options come as the positive name. */
export type TypedOptions = Omit<CheckFlags, 'noCache' | 'noCacheFilter'> & {
  readonly cache?: boolean;
  readonly cacheFilter?: readonly string[];
};

/** The flags of `check` under their own names. */
export function toCheckFlags({ cache, cacheFilter, ...flags }: TypedOptions): CheckFlags {
  return { ...flags, noCache: cache === false, noCacheFilter: cacheFilter };
}
