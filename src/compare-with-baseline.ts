import type { Baseline, BaselineLookup } from './baseline/find-baseline.ts';
import type { LookUp } from './baseline/remember-lookups.ts';
import { comparing } from './compare/compare-profiles.ts';
import type { Delta } from './compare/delta.ts';
import { nameChanged } from './compare/name-changed.ts';
import type { HeadSide } from './head-side.ts';
import type { Finding } from './policy/finding.ts';
import type { Report, WeighedPlatform } from './report/report.ts';
import type { ImageEntry } from './settings/settings.ts';
import { runInSlices } from './slices.ts';

type Builder = NonNullable<Report['builder']>;

/** The baseline that was found and the delta against it, or the reason why there is none. */
export type Compared = {
  readonly baseline: WeighedPlatform['baseline'];
  readonly delta: Delta | undefined;
  readonly noDelta: string | undefined;
  readonly findings: readonly Finding[] | undefined;
};

/** Looks the baseline up and compares. Never fails a run: whatever is wrong with a baseline is a reason to go without. */
export async function compareWithBaseline(
  head: HeadSide,
  { entry, builder, findBaseline }: { entry: ImageEntry; builder: Builder; findBaseline: LookUp },
): Promise<Compared> {
  const lookup = await findBaseline({ entry, platform: head.profile.platform });
  const { baseline, tried } = lookup;
  if (baseline === undefined) return without(lookup);
  // Without an index on the other side this one would be made for nothing.
  const side = baseline.fileIndex === undefined ? { profile: head.profile } : await head.withIndex();
  const comparison = await runInSlices(comparing(baseline, side));
  if (comparison.kind === 'refused') {
    const reason = `${baseline.label} is not comparable: ${comparison.reason}`;
    return without({ ...lookup, tried: [...tried, { source: baseline.origin.source, reason }] });
  }
  const { findMadeBy } = head;
  const delta = findMadeBy === undefined ? comparison.delta : nameChanged(comparison.delta, findMadeBy);
  const notes = [...delta.notes, ...(baseline.notes ?? []), ...builderNotes(baseline, builder)];
  return {
    baseline: { ...baseline.origin, tried: [...tried] },
    delta: { ...delta, notes },
    noDelta: undefined,
    findings: baseline.findings,
  };
}

function without({ tried, wantedCommit }: BaselineLookup): Compared {
  return {
    baseline: { source: 'none', ...(wantedCommit === undefined ? {} : { wantedCommit }), tried: [...tried] },
    delta: undefined,
    noDelta: tried.at(-1)?.reason ?? 'no baseline',
    findings: undefined,
  };
}

/** Two image stores write different layers for one Dockerfile: such a delta is not all growth, and says so. */
export function builderNotes({ builder: before }: Pick<Baseline, 'builder'>, now: Builder | undefined): string[] {
  if (before === undefined || now === undefined || storeOf(before) === storeOf(now)) return [];
  return [
    `The baseline was built on ${storeOf(before)}, this image on ${storeOf(now)}: the same Dockerfile gives other layers there.`,
  ];
}

function storeOf({ driver, store }: Builder): string {
  return store === undefined ? `the ${driver} driver` : `the ${driver} driver with the ${store} image store`;
}
