import { realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Baseline, BaselineLookup, FindBaseline, Wanted } from './baseline/find-baseline.ts';
import { cacheAccess } from './build/build-cache.ts';
import { creatingSide } from './compare/create-side.ts';
import { type Checkout, withCheckout } from './exec/checkout-commit.ts';
import type { Environment } from './exec/find-program.ts';
import { type MeasureEffects, type Measurement, measure } from './measure.ts';
import { isInside } from './settings/repository.ts';
import type { ImageEntry } from './settings/settings.ts';
import { runInSlices } from './slices.ts';
import { UserError } from './user-error.ts';

export type RebuildOptions = {
  /** A commit id, or what git resolves to one. */
  readonly revision: string;
  /** The branch that it is the commit of, where one is known. */
  readonly branch?: string;
  /** Temporary: files of the commit lie in it while it is built. */
  readonly folder: string;
  readonly env: Environment;
  readonly effects: MeasureEffects;
};

/**
 * Finds the baseline by building another commit, as the head is built, in a worktree of its own. It waits for the head,
 * whose steps the builder still knows then; without a head nothing is built.
 */
export function findByRebuild(options: RebuildOptions): FindBaseline {
  const { revision, branch, env, folder } = options;
  return async (wanted) => {
    const known = branch === undefined ? {} : { wantedCommit: revision };
    const skipped = (reason: string): BaselineLookup => ({ ...known, tried: [{ source: 'rebuild', reason }] });
    const head = await wanted.head;
    if (head === undefined) return skipped('there is no image to compare it with');
    if (head.platform !== wanted.platform) return skipped(`it would be of platform ${wanted.platform}`);
    try {
      const cwd = wanted.entry.context;
      const built = await withCheckout({ cwd, revision, folder, env }, (checkout) =>
        rebuild(wanted, checkout, options),
      );
      return typeof built === 'string' ? skipped(built) : { ...known, baseline: built, tried: [] };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return skipped(`commit ${revision.slice(0, 7)} cannot be built: ${error.message}`);
    }
  };
}

async function rebuild(
  { entry }: Wanted,
  checkout: Checkout,
  { effects, branch, revision }: RebuildOptions,
): Promise<Baseline | string> {
  const { commit } = checkout;
  const label = `commit ${commit.slice(0, 7)}`;
  const there = await entryIn(entry, checkout);
  if (typeof there === 'string') return `${label} ${there}`;
  const measured = await measure(there, effects);
  const weighed = measured.kind === 'built' ? measured.weighed : undefined;
  if (measured.kind === 'refused' || weighed === undefined) return `${label} does not build: ${reasonOf(measured)}`;
  const { name, driver, store, buildkit, buildx } = measured.builder;
  const of = branch === undefined ? {} : { ref: `refs/heads/${branch}`, wantedCommit: revision };
  return {
    ...(await runInSlices(creatingSide(weighed))),
    builder: { name, driver, ...(store === undefined ? {} : { store }), buildkit, buildx },
    label,
    // Not called verified: a build cache that this pull request's own runs could write was read for it.
    origin: { source: 'rebuild', commit, ...of },
  };
}

function reasonOf(measured: Measurement): string {
  if (measured.kind === 'refused') return measured.refusals[0]?.message ?? 'its Dockerfile is refused';
  return measured.final.failure?.message ?? 'it gave no image';
}

/** The same entry with the files of another commit: nothing is tested, exported, tagged or loaded. A string says why not. */
async function entryIn(entry: ImageEntry, checkout: Checkout): Promise<ImageEntry | string> {
  const context = await placeIn(entry.context, checkout, 'folder');
  if (context.kind !== 'found') return `has no build context ${entry.contextAsWritten}: ${context.reason}`;
  const dockerfile = await placeIn(entry.dockerfile, checkout, 'file');
  if (dockerfile.kind !== 'found') return `has no ${entry.dockerfileAsWritten}: ${dockerfile.reason}`;
  const buildContexts: Record<string, string> = {};
  for (const [name, value] of Object.entries(entry.buildContexts)) {
    const place = value.includes('://') ? outside : await placeIn(value, checkout, 'folder');
    if (place.kind === 'missing') return `has no build context ${name}: ${place.reason}`;
    buildContexts[name] = place.kind === 'found' ? place.path : value;
  }
  const { testTarget: _, ...rest } = entry;
  const nothingLeft = { cacheTo: [], tags: [], load: false };
  return { ...rest, ...nothingLeft, context: context.path, dockerfile: dockerfile.path, buildContexts };
}

type Found =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing' | 'outside'; readonly reason: string };

const outside: Found = { kind: 'outside', reason: 'it lies outside of the repository' };

/** The same place among the files of the commit; a symbolic link there may lead nowhere else. */
async function placeIn(path: string, { folder, repository }: Checkout, kind: 'file' | 'folder'): Promise<Found> {
  const real = await realpath(path);
  if (!isInside(real, repository)) return outside;
  const missing = (reason: string): Found => ({ kind: 'missing', reason });
  try {
    const there = await realpath(join(folder, relative(repository, real)));
    if (!isInside(there, folder)) return missing('a symbolic link there leads out of it');
    const stats = await stat(there);
    if (kind === 'file' ? stats.isFile() : stats.isDirectory()) return { kind: 'found', path: there };
    return missing(`it is no ${kind} there`);
  } catch {
    return missing('it does not exist there');
  }
}

/** For the builds of another commit: the workflow's build cache is read, and stays the head's. */
export function readingCacheOnly(env: Environment): Environment {
  return { ...env, ACTIONS_CACHE_MODE: cacheAccess(env).reads ? 'read' : 'none' };
}
