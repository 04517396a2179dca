import type { Finding } from '../policy/finding.ts';
import type { Profile } from '../profile/profile.ts';
import type { Report, WeighedPlatform } from '../report/report.ts';
import type { ImageEntry } from '../settings/settings.ts';

/** A profile recorded earlier, with what it takes to say where it is from. */
export type Baseline = {
  readonly profile: Profile;
  readonly findings: readonly Finding[];
  readonly builder?: NonNullable<Report['builder']>;
  /** What a message calls it: a file's path, or branch and commit. */
  readonly label: string;
  /** Where it is from, as the report says it. */
  readonly origin: Omit<WeighedPlatform['baseline'], 'tried'>;
};

/** Why a place gave no baseline: shown, never a failure. */
export type Skipped = { readonly source: string; readonly reason: string };

export type BaselineLookup = {
  readonly baseline?: Baseline;
  readonly tried: readonly Skipped[];
  /** The base commit that was asked for, where one was. */
  readonly wantedCommit?: string;
};

/** Finds what one image is compared with. Whatever is wrong with a baseline is a reason to go without: never rejects for that. */
export type FindBaseline = (wanted: {
  readonly entry: ImageEntry;
  readonly platform: string;
}) => Promise<BaselineLookup>;

/** For a run that compares with nothing, and why. */
export function findNothing(skipped: Skipped): FindBaseline {
  return async () => ({ tried: [skipped] });
}
