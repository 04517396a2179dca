import type { Report } from '../report/report.ts';
import type { RunEvent } from '../settings/action/run-event.ts';

/** What the report says of the run. For a pull request it names the head: the merge commit is in no history. */
export function runOf({ name, commit, pullRequest, mergeGroup }: RunEvent): Omit<Report['run'], 'startedAt'> {
  const baseCommit = pullRequest?.baseCommit ?? mergeGroup?.baseCommit;
  return {
    event: name,
    commit: pullRequest?.headCommit ?? commit,
    ...(baseCommit === undefined ? {} : { baseCommit }),
    ...(pullRequest === undefined ? {} : { pullRequest: pullRequest.number }),
  };
}
