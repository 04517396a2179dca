import { mkdtemp, realpath, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Environment } from './find-program.ts';
import { type AskGit, openGit, otherFilters } from './git.ts';
import { removeLater } from './temp-folder.ts';

/** Where a commit was checked out, and the commit itself. */
export type Checkout = {
  /** Absolute, symlinks resolved: the top of the files of the commit. */
  readonly folder: string;
  /** The same of the repository that it is a commit of. */
  readonly repository: string;
  readonly commit: string;
};

export type CheckoutRequest = {
  /** A folder of the repository. */
  readonly cwd: string;
  /** A commit id, or what git resolves to one. */
  readonly revision: string;
  /** Temporary: the files lie in it until `use` has ended. */
  readonly folder: string;
  readonly env: Environment;
};

/**
 * Lends the files of a commit in a worktree of their own; what lies in the user's checkout is neither read nor changed.
 * A commit that is missing is fetched where its whole id is known. A string is the reason why there is none.
 */
export async function withCheckout<Result>(
  { cwd, revision, folder, env }: CheckoutRequest,
  use: (checkout: Checkout) => Promise<Result>,
): Promise<Result | string> {
  const plain = openGit(env);
  if (plain === undefined) return 'there is no git on PATH';
  const place = await placeOf(cwd, plain);
  if (place === undefined) return 'the build context is in no git repository';
  const filters = otherFilters((await plain(cwd, 'config', '--null', '--get-regexp', filterKeys)).stdout);
  const git = openGit(env, { filters }) ?? plain;
  const commit = (await commitOf(place.top, revision, git)) ?? (await fetchCommit(place, revision, git));
  if (typeof commit !== 'string') return commit.reason;
  const tree = await mkdtemp(join(await realpath(folder), 'stagegate-base-'));
  // Git names its own records of a worktree by the folder; an interrupted run must not leave them.
  const forget = removeLater(join(place.common, 'worktrees', basename(tree)));
  const remove = removeLater(tree);
  try {
    const added = await git(place.top, 'worktree', 'add', '--detach', '--quiet', '--', tree, commit);
    if (added.exitCode !== 0) return `git could not check out ${commit.slice(0, 7)}: ${lastLine(added.stderr)}`;
    return await use({ folder: tree, repository: place.top, commit });
  } finally {
    remove();
    forget();
    // As git does once it has no worktree left.
    await rmdir(join(place.common, 'worktrees')).catch(() => {});
  }
}

const filterKeys = String.raw`^filter\..*\.(smudge|process|clean)$`;

type Place = { readonly top: string; readonly common: string; readonly isShallow: boolean };

async function placeOf(cwd: string, git: AskGit): Promise<Place | undefined> {
  const question = ['--path-format=absolute', '--show-toplevel', '--git-common-dir', '--is-shallow-repository'];
  const { exitCode, stdout } = await git(cwd, 'rev-parse', ...question);
  const [top, common, isShallow] = stdout.split('\n');
  if (exitCode !== 0 || !top || !common) return undefined;
  return { top: await realpath(top), common, isShallow: isShallow === 'true' };
}

async function commitOf(cwd: string, revision: string, git: AskGit): Promise<string | undefined> {
  const name = `${revision}^{commit}`;
  const { exitCode, stdout } = await git(cwd, 'rev-parse', '--verify', '--quiet', '--end-of-options', name);
  const commit = stdout.trim();
  if (exitCode !== 0 || !commitId.test(commit)) return undefined;
  // A whole id is taken for itself, whether the commit is there or not.
  return (await git(cwd, 'cat-file', '-e', name)).exitCode === 0 ? commit : undefined;
}

const commitId = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** A shallow checkout, as CI has it, stays one; of a whole repository nothing is cut off. */
async function fetchCommit(
  { top, isShallow }: Place,
  revision: string,
  git: AskGit,
): Promise<string | { readonly reason: string }> {
  if (!commitId.test(revision)) return { reason: `${revision} is no commit of this repository` };
  const name = revision.slice(0, 7);
  const remotes = (await git(top, 'remote')).stdout.split('\n').filter((remote) => remote !== '');
  const remote = remotes.find((each) => each === 'origin') ?? remotes[0];
  if (remote === undefined) return { reason: `commit ${name} is not in this repository, which has no remote` };
  const options = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--quiet'];
  const fetched = await git(top, 'fetch', ...options, ...(isShallow ? ['--depth=1'] : []), '--', remote, revision);
  const commit = await commitOf(top, revision, git);
  return commit ?? { reason: `commit ${name} could not be fetched from ${remote}: ${lastLine(fetched.stderr)}` };
}

/** What git ends with says most; it may quote what a stranger named. */
function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? 'git gave no reason').replace(/^(fatal|error): /, '').slice(0, 200);
}
