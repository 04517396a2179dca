import { resolve } from 'node:path';
import { type FindBaseline, findNothing } from '../baseline/find-baseline.ts';
import { findInActionsCache } from '../baseline/find-in-actions-cache.ts';
import { findInFile } from '../baseline/find-in-file.ts';
import { firstParent } from '../exec/read-commit.ts';
import { cacheEntries } from '../github/cache-entries.ts';
import type { Step } from './prepare.ts';

/** Where this run's baseline comes from: the file that was named, else the Actions cache where there is a base branch. */
export async function baselineFinder(step: Step): Promise<FindBaseline> {
  const { env, event, inputs, folder, github } = step;
  const source = 'actions-cache';
  if (inputs.baseline.kind === 'file') {
    return findInFile({ path: inputs.baseline.path, asWritten: inputs.baseline.path });
  }
  if (inputs.baseline.kind === 'none') return findNothing({ source, reason: 'the input baseline is none' });
  const base = await baseOf(step);
  if (base === undefined) return findNothing({ source, reason: notCompared[step.mode.kind] });
  const { repository } = event;
  return findInActionsCache({
    env,
    folder,
    ref: event.ref,
    base,
    variant: inputs.commentKey,
    listEntries: async (key) =>
      github === undefined ? { warning: 'the input github-token is empty' } : cacheEntries(github, { repository, key }),
  });
}

const notCompared: Readonly<Record<Step['mode']['kind'], string>> = {
  'pull-request': 'the base branch is not known',
  record: 'a push is compared with nothing, it records what pull requests are compared with',
  judge: 'only pull requests and merge groups are compared',
};

/** The commit under the one that was built. A pull request's event can be older than the merge that is checked out. */
async function baseOf({ buildEnv, event, inputs }: Step): Promise<{ branch: string; commit: string } | undefined> {
  const { pullRequest, mergeGroup } = event;
  if (mergeGroup !== undefined) return { branch: mergeGroup.baseBranch, commit: mergeGroup.baseCommit };
  if (pullRequest === undefined) return undefined;
  const merged = await firstParent({ cwd: resolve(inputs.context ?? '.'), commit: event.commit, env: buildEnv });
  return { branch: pullRequest.baseBranch, commit: merged ?? pullRequest.baseCommit };
}
