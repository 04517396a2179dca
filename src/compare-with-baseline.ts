import type { Baseline, ReadText } from './baseline/read-baseline.ts';
import { readBaseline } from './baseline/read-baseline.ts';
import { compareProfiles } from './compare/compare-profiles.ts';
import type { Delta } from './compare/delta.ts';
import type { Finding } from './policy/finding.ts';
import type { Profile } from './profile/profile.ts';
import type { Report, WeighedPlatform } from './report/report.ts';
import type { ImageEntry, Settings } from './settings/settings.ts';

type Builder = NonNullable<Report['builder']>;

/** The baseline that was found and the delta against it, or the reason why there is none. */
export type Compared = {
  readonly baseline: WeighedPlatform['baseline'];
  readonly delta: Delta | undefined;
  readonly noDelta: string | undefined;
  readonly findings: readonly Finding[] | undefined;
};

const notAsked = {
  source: 'file',
  reason: 'none was named; `--record FILE` keeps this run as one, `--baseline FILE` compares with it',
};

/** Looks the baseline up and compares. Never fails a run: whatever is wrong with a baseline is a reason to go without. */
export async function compareWithBaseline(
  profile: Profile,
  {
    entry,
    settings,
    builder,
    readText,
  }: { entry: ImageEntry; settings: Settings; builder: Builder; readText: ReadText },
): Promise<Compared> {
  if (settings.baseline === undefined) return without([notAsked]);
  const wanted = { image: entry.name, platform: profile.platform };
  const file = { path: settings.baseline, asWritten: settings.baselineAsWritten ?? settings.baseline };
  const { baseline, tried } = await readBaseline(file, wanted, readText);
  if (baseline === undefined) return without([...tried]);
  const comparison = compareProfiles(baseline.profile, profile);
  if (comparison.kind === 'refused') {
    return without([...tried, { source: 'file', reason: `${file.asWritten} is not comparable: ${comparison.reason}` }]);
  }
  const notes = [...comparison.delta.notes, ...builderNotes(baseline, builder)];
  return {
    baseline: {
      source: 'file',
      ...(baseline.commit === undefined ? {} : { commit: baseline.commit }),
      recordedAt: baseline.recordedAt,
      tried: [...tried],
    },
    delta: { ...comparison.delta, notes },
    noDelta: undefined,
    findings: baseline.findings,
  };
}

function without(tried: WeighedPlatform['baseline']['tried']): Compared {
  return {
    baseline: { source: 'none', tried },
    delta: undefined,
    noDelta: tried.at(-1)?.reason ?? 'no baseline',
    findings: undefined,
  };
}

/** Two image stores write different layers for one Dockerfile: such a delta is not all growth, and says so. */
function builderNotes({ builder: before }: Baseline, now: Builder): string[] {
  if (before === undefined || storeOf(before) === storeOf(now)) return [];
  return [
    `The baseline was built on ${storeOf(before)}, this image on ${storeOf(now)}: the same Dockerfile gives other layers there.`,
  ];
}

function storeOf({ driver, store }: Builder): string {
  return store === undefined ? `the ${driver} driver` : `the ${driver} driver with the ${store} image store`;
}
