import { runInSlices } from '../slices.ts';
import { type BaselineSubject, baselineArtifact } from './cache-key.ts';
import type { Baseline, FindBaseline, Skipped } from './find-baseline.ts';
import { largestReport } from './read-text.ts';
import { readOnlyFile } from './read-zip.ts';
import { readingRecorded } from './recorded-report.ts';

/** A run whose event, branch, repository, workflow and success were checked; `commit` is what was pushed. */
export type PushRun = { readonly id: number; readonly commit: string };

/** A warning is a whole sentence with what would help. */
export type Told<Value> = { readonly value: Value } | { readonly warning: string };

/** What is asked of GitHub. */
export type ArtifactPlace = {
  /** The latest successful runs for pushes to the branch, newest first. */
  readonly listRuns: (branch: string) => Promise<Told<readonly PushRun[]>>;
  /** The id of a run's artifact of that name that is still there. */
  readonly findArtifact: (run: PushRun, name: string) => Promise<Told<number | undefined>>;
  /** The archive, whose bytes anyone may have chosen who may push to the branch. */
  readonly download: (artifact: number, limitBytes: number) => Promise<Told<Buffer>>;
};

export type ArtifactOptions = {
  readonly base: { readonly branch: string; readonly commit: string };
  readonly place: ArtifactPlace;
  readonly variant?: string | undefined;
};

/** How many runs are asked for their artifacts: some skip the job, or were made before the image was. */
const mostRuns = 5;
const largestArchive = 32 * 2 ** 20;
/** Reports repeat themselves much: measured up to 30. */
const mostRatio = 200;

/** Finds the baseline among the artifacts of the base branch's pushes: that of the base commit, else the newest one. */
export function findInArtifact({ base, place, variant }: ArtifactOptions): FindBaseline {
  return async ({ entry, platform }) => {
    const { name: image, dockerfileAsWritten: dockerfile, target } = entry;
    const subject = { image, dockerfile, target, platform, variant, branch: base.branch };
    const tried: Skipped[] = [];
    const skip = (reason: string) => tried.push({ source: 'artifact', reason });
    const listed = await place.listRuns(base.branch);
    if ('warning' in listed) skip(listed.warning);
    else if (listed.value.length === 0) {
      skip(`no push to ${base.branch} was run successfully by this workflow (wanted: ${base.commit.slice(0, 7)})`);
    } else {
      for (const run of exactFirst(listed.value, base.commit).slice(0, mostRuns)) {
        const found = await look(run, subject, { base, place });
        if (found === undefined) continue;
        if (typeof found !== 'string') return { baseline: found, tried, wantedCommit: base.commit };
        skip(found);
      }
      if (tried.length === 0) {
        skip(`the latest pushes to ${base.branch} left no artifact ${baselineArtifact(subject)}`);
      }
    }
    return { tried, wantedCommit: base.commit };
  };
}

function exactFirst(runs: readonly PushRun[], commit: string): readonly PushRun[] {
  return [...runs.filter((run) => run.commit === commit), ...runs.filter((run) => run.commit !== commit)];
}

/** The baseline, the reason why what is there is none, or undefined where nothing is. */
async function look(
  run: PushRun,
  subject: BaselineSubject,
  { base, place }: Pick<ArtifactOptions, 'base' | 'place'>,
): Promise<Baseline | string | undefined> {
  const found = await place.findArtifact(run, baselineArtifact(subject));
  if ('warning' in found) return found.warning;
  if (found.value === undefined) return undefined;
  const label = `the artifact of ${base.branch} at ${run.commit.slice(0, 7)}`;
  const archive = await place.download(found.value, largestArchive);
  if ('warning' in archive) return archive.warning;
  const text = await readOnlyFile(archive.value, { mostBytes: largestReport, mostRatio });
  if (typeof text === 'string') return `${label} ${text}`;
  const recorded = await runInSlices(readingRecorded(text.toString('utf8'), subject));
  if (typeof recorded === 'string') return `${label} ${recorded}`;
  const { commit, recordedAt, outcome, ...rest } = recorded;
  if (commit !== run.commit) return `${label} was recorded at ${commit?.slice(0, 40) ?? 'no commit'}`;
  const origin = { source: 'artifact' as const, commit, recordedAt, ref: `refs/heads/${base.branch}` };
  return { ...rest, label, origin: { ...origin, wantedCommit: base.commit, ...outcome, verified: true } };
}
