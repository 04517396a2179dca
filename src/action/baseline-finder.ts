import { resolve } from 'node:path';
import { type FindBaseline, findNothing, firstFound } from '../baseline/find-baseline.ts';
import { findInActionsCache } from '../baseline/find-in-actions-cache.ts';
import { findInArtifact } from '../baseline/find-in-artifact.ts';
import { type BaselinePlaces, chosenBaseline } from '../baseline-places.ts';
import { firstParent } from '../exec/read-commit.ts';
import { cacheEntries } from '../github/cache-entries.ts';
import type { BaselineChoice } from '../settings/baseline-choice.ts';
import { artifactPlace } from './artifact-place.ts';
import type { Step } from './prepare.ts';

type Base = { readonly branch: string; readonly commit: string };

/**
 * Where this run's baselines come from: what was named, else what the base branch left: in the Actions cache, as an
 * artifact, and at last its own commit, built once more. Where there is no base branch only what was named is compared with.
 */
export async function baselineFinder(step: Step, places: BaselinePlaces): Promise<FindBaseline> {
  const base = await baseOf(step);
  return chosenBaseline((choice = { kind: 'auto' }) => find(choice, { step, places, base }));
}

type Scene = { readonly step: Step; readonly places: BaselinePlaces; readonly base: Base | undefined };

function find(choice: BaselineChoice, { step, places, base }: Scene): FindBaseline {
  if (choice.kind === 'file') return places.file(choice);
  if (choice.kind === 'image') return places.image(choice.source);
  if (choice.kind === 'none') return findNothing({ source: 'none', reason: 'none was asked for' });
  if (choice.kind === 'rebuild' && choice.revision !== undefined) return places.rebuild(choice.revision);
  if (base === undefined) return findNothing({ source: sourceOf[choice.kind], reason: notCompared[step.mode.kind] });
  const ofBranch = { cache: inCache, artifact: inArtifact, rebuild: inCommit };
  if (choice.kind !== 'auto') return ofBranch[choice.kind](base, { step, places });
  return firstFound([inCache, inArtifact, inCommit].map((place) => place(base, { step, places })));
}

type Context = Pick<Scene, 'step' | 'places'>;

function inCache(base: Base, { step: { env, event, inputs, folder, github } }: Context): FindBaseline {
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

function inArtifact(base: Base, { step }: Context): FindBaseline {
  const place = artifactPlace(step);
  if (typeof place === 'string') return findNothing({ source: 'artifact', reason: place });
  return findInArtifact({ base, place, variant: step.inputs.commentKey });
}

function inCommit({ branch, commit }: Base, { places }: Context): FindBaseline {
  return places.rebuild(commit, branch);
}

const sourceOf = { auto: 'actions-cache', cache: 'actions-cache', artifact: 'artifact', rebuild: 'rebuild' } as const;

const notCompared: Readonly<Record<Step['mode']['kind'], string>> = {
  'pull-request': 'the base branch is not known',
  record: 'a push is compared with nothing, it records what pull requests are compared with',
  judge: 'only pull requests and merge groups are compared',
};

/** The commit under the one that was built. A pull request's event can be older than the merge that is checked out. */
async function baseOf({ buildEnv, event, inputs }: Step): Promise<Base | undefined> {
  const { pullRequest, mergeGroup } = event;
  if (mergeGroup !== undefined) return { branch: mergeGroup.baseBranch, commit: mergeGroup.baseCommit };
  if (pullRequest === undefined) return undefined;
  const merged = await firstParent({ cwd: resolve(inputs.context ?? '.'), commit: event.commit, env: buildEnv });
  return { branch: pullRequest.baseBranch, commit: merged ?? pullRequest.baseCommit };
}
