import type { FileIndex } from '../compare/file-index.ts';
import type { Finding } from '../policy/finding.ts';
import type { Profile } from '../profile/profile.ts';
import type { Report, WeighedPlatform } from '../report/report.ts';
import type { ImageEntry } from '../settings/settings.ts';

/** A profile recorded earlier or made for the occasion, with what it takes to say where it is from. */
export type Baseline = {
  readonly profile: Profile;
  /** Every file of it; undefined where it was recorded without. */
  readonly fileIndex?: FileIndex | undefined;
  /** Undefined where nobody judged the image: then no finding is called new. */
  readonly findings?: readonly Finding[];
  readonly builder?: NonNullable<Report['builder']>;
  /** What a message calls it: a file's path, or branch and commit. */
  readonly label: string;
  /** Where it is from, as the report says it. */
  readonly origin: Omit<WeighedPlatform['baseline'], 'tried'>;
  /** What a reader of the comparison should know. */
  readonly notes?: readonly string[];
};

/** Why a place gave no baseline: shown, never a failure. */
export type Skipped = { readonly source: string; readonly reason: string };

export type BaselineLookup = {
  readonly baseline?: Baseline;
  readonly tried: readonly Skipped[];
  /** The base commit that was asked for, where one was. */
  readonly wantedCommit?: string;
};

/** What a baseline is looked for. */
export type Wanted = {
  readonly entry: ImageEntry;
  readonly platform: string;
  /**
   * The image that shall be compared, once its builds are over and it was read; undefined where there is none. What is
   * dear (a build, layers of a registry) waits for it.
   */
  readonly head: Promise<Profile | undefined>;
};

/** Finds what one image is compared with. Whatever is wrong with a baseline is a reason to go without: never rejects for that. */
export type FindBaseline = (wanted: Wanted) => Promise<BaselineLookup>;

/** For a run that compares with nothing, and why. */
export function findNothing(skipped: Skipped): FindBaseline {
  return async () => ({ tried: [skipped] });
}

/** Asks one place after the other: the first baseline is taken, and each place before it has said why it has none. */
export function firstFound(places: readonly FindBaseline[]): FindBaseline {
  return async (wanted) => {
    const tried: Skipped[] = [];
    let known: Pick<BaselineLookup, 'wantedCommit'> = {};
    for (const find of places) {
      const lookup = await find(wanted);
      tried.push(...lookup.tried);
      if (lookup.wantedCommit !== undefined) known = { wantedCommit: lookup.wantedCommit };
      if (lookup.baseline !== undefined) return { ...known, baseline: lookup.baseline, tried };
    }
    return { ...known, tried };
  };
}
