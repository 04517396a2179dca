import type { WeighedPlatform } from '../report.ts';
import { describeAge } from './describe-age.ts';
import { shorten } from './shorten.ts';

type Baseline = WeighedPlatform['baseline'];

/** Which baseline it is: `` `0c9be2f` (the base commit, 3 days old, verified) ``; `now` is when the run began. */
export function describeBaseline(baseline: Baseline, now: string): string {
  const { source, commit } = baseline;
  const traits = [
    source !== 'report' || commit === undefined ? undefined : `commit ${code(commit.slice(0, 7))}`,
    placeOf(baseline),
    ageOf(baseline, now),
    proofOf(baseline),
  ];
  const known = traits.filter((trait) => trait !== undefined);
  const name = nameOf(baseline);
  return known.length === 0 ? name : `${name} (${known.join(', ')})`;
}

/** An image is what it is by its digest: its commit is only what a label says. */
function nameOf({ commit, reference, digest }: Baseline): string {
  if (reference === undefined) return commit === undefined ? 'the recorded baseline' : code(commit.slice(0, 7));
  const name = code(shorten(reference, 200));
  return digest === undefined ? name : `${name} at ${code(digest.slice(0, 19))}`;
}

/** What was rebuilt is not called verified: the build cache that it was made with is within the reach of pull requests. */
function proofOf({ source, verified }: Baseline): string | undefined {
  if (source === 'rebuild') return 'rebuilt';
  return verified === true ? 'verified' : undefined;
}

/** What one should know before trusting the comparison, a sentence each: another commit than the wanted one, not verified. */
export function baselineCaveats(baseline: Baseline): string[] {
  const { wantedCommit, verified, unverifiedReason } = baseline;
  const caveats: string[] = [];
  if (wantedCommit !== undefined && !isExact(baseline)) {
    caveats.push(`The base commit ${code(wantedCommit.slice(0, 7))} has no baseline of its own.`);
  }
  if (verified === false) {
    caveats.push(
      unverifiedReason === undefined ? 'Unverified.' : `Unverified: ${unverifiedReason.replace(/\.$/, '')}.`,
    );
  }
  return caveats;
}

function placeOf(baseline: Baseline): string | undefined {
  if (isExact(baseline)) return 'the base commit';
  if (baseline.ref === undefined) return undefined;
  const branch = code(baseline.ref.replace(/^refs\/heads\//, ''));
  return baseline.wantedCommit === undefined ? `of ${branch}` : `the newest of ${branch}`;
}

function isExact({ commit, wantedCommit }: Baseline): boolean {
  return commit !== undefined && commit === wantedCommit;
}

/** The day where the clocks of two machines disagree on the order. */
function ageOf({ recordedAt }: Baseline, now: string): string | undefined {
  if (recordedAt === undefined) return undefined;
  const day = /^\d{4}-\d\d-\d\d/.exec(recordedAt)?.[0];
  return describeAge(recordedAt, now) ?? day;
}

/** Backticks mark code in our phrases, and a branch may hold one. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
