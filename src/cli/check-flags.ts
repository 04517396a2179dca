import type { CheckFlags } from '../settings/check-flags.ts';

/** What commander hands over: its `--no-…` options come as the positive name. */
export type TypedOptions = Omit<CheckFlags, 'noCache' | 'noCacheFilter'> & {
  readonly cache?: boolean;
  readonly cacheFilter?: readonly string[];
  /** False: read every layer anew, and remember none. */
  readonly index?: boolean;
};

/** The flags of `check` under their own names. */
export function toCheckFlags({ cache, cacheFilter, index: _, ...flags }: TypedOptions): CheckFlags {
  return { ...flags, noCache: cache === false, noCacheFilter: cacheFilter };
}
