import { runInSlices } from '../slices.ts';
import { type BaselineSubject, baselineKey, baselinePrefix, commitOfKey } from './cache-key.ts';
import { type CacheService, openCacheService } from './cache-service.ts';
import type { CacheLibraryOptions } from './call-cache-library.ts';
import type { Baseline, FindBaseline } from './find-baseline.ts';
import { readingRecorded } from './recorded-report.ts';
import { type ListEntries, verifyEntry } from './verify-entry.ts';

export type CacheBaselineOptions = CacheLibraryOptions & {
  /** Temporary: downloads land in it. */
  readonly folder: string;
  /** GITHUB_REF: what this run itself stores is found first, and is not the base branch's. */
  readonly ref: string;
  readonly base: { readonly branch: string; readonly commit: string };
  readonly listEntries: ListEntries;
  readonly variant?: string | undefined;
};

/** Finds the baseline that a push to the base branch recorded: that of the base commit, else the newest one. */
export function findInActionsCache({
  ref,
  base,
  listEntries,
  variant,
  ...options
}: CacheBaselineOptions): FindBaseline {
  const service = openCacheService(options);
  return async ({ entry, platform }) => {
    const { name: image, dockerfileAsWritten: dockerfile, target } = entry;
    const found = await look({ image, dockerfile, target, platform, variant }, { service, ref, base, listEntries });
    if (typeof found !== 'string') return { baseline: found, tried: [], wantedCommit: base.commit };
    return { tried: [{ source: 'actions-cache', reason: found }], wantedCommit: base.commit };
  };
}

type Wanted = Omit<BaselineSubject, 'branch'>;
type Place = Pick<CacheBaselineOptions, 'ref' | 'base' | 'listEntries'> & { readonly service: CacheService };

/** The baseline, or the reason why there is none. What the key promises must be what the text says. */
async function look(wanted: Wanted, { service, ref, base, listEntries }: Place): Promise<Baseline | string> {
  const subject = { ...wanted, branch: base.branch };
  const found = await service.lookUp(baselineKey(subject, base.commit), baselinePrefix(subject));
  if ('failure' in found) return missing(found.failure, base);
  if (found.value === undefined) return firstRun(base);
  const commit = commitOfKey(found.value, baselinePrefix(subject));
  if (commit === undefined) return `the entry ${found.value} of the Actions cache names no commit`;
  const label = `the baseline of ${base.branch} at ${commit.slice(0, 7)}`;
  const baseRef = `refs/heads/${base.branch}`;
  // Before the download: unpacking follows whatever paths the archive names.
  const verification = await verifyEntry(found.value, { ref, baseRef, listEntries });
  if (verification.kind === 'refused') return `${label} was refused: ${verification.reason}`;
  const downloaded = await service.download(found.value);
  if ('failure' in downloaded) return missing(downloaded.failure, base);
  const recorded = await runInSlices(readingRecorded(downloaded.value, wanted));
  if (typeof recorded === 'string') return `${label} ${recorded}`;
  const { commit: recordedCommit, recordedAt, outcome, ...rest } = recorded;
  if (recordedCommit !== commit) return `${label} was recorded at ${recordedCommit?.slice(0, 40) ?? 'no commit'}`;
  const trust =
    verification.kind === 'verified' ? { verified: true } : { verified: false, unverifiedReason: verification.reason };
  return {
    ...rest,
    label,
    origin: {
      source: 'actions-cache',
      commit,
      recordedAt,
      ref: baseRef,
      wantedCommit: base.commit,
      ...outcome,
      ...trust,
    },
  };
}

function missing(failure: string, base: CacheBaselineOptions['base']): string {
  return `the Actions cache ${failure} (wanted: ${base.commit.slice(0, 7)} of ${base.branch})`;
}

function firstRun({ branch, commit }: CacheBaselineOptions['base']): string {
  return `none is recorded yet, the next push to ${branch} will record one (wanted: ${commit.slice(0, 7)})`;
}
