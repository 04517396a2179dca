import { type Environment, findProgram } from './find-program.ts';
import { type RunProbe, runProbe } from './run-probe.ts';

export type CommitRequest = {
  /** A folder of the checkout. */
  readonly cwd: string;
  readonly commit: string;
  readonly env: Environment;
  readonly probe?: RunProbe;
};

/**
 * The base side of a checked-out merge commit: what GitHub merged the pull request into. Read from the commit object
 * itself, since a checkout of depth 1 hides parents from every other question. Undefined when HEAD is another commit or
 * no merge, or git does not answer.
 */
export async function firstParent({ cwd, commit, env, probe = runProbe }: CommitRequest): Promise<string | undefined> {
  const git = findProgram('git', env);
  if (git === undefined) return undefined;
  const ask = async (...question: readonly string[]): Promise<string> => {
    const answer = await probe(git, ['-C', cwd, ...trusting, ...question], { ...env, GIT_NO_LAZY_FETCH: '1' });
    return answer.exitCode === 0 ? answer.stdout : '';
  };
  const [head, text] = await Promise.all([ask('rev-parse', 'HEAD'), ask('cat-file', 'commit', 'HEAD')]).catch(() => []);
  if (head?.trim() !== commit) return undefined;
  const [parent, second] = parentsOf(text ?? '');
  return second === undefined ? undefined : parent;
}

/** In a job container the checkout belongs to another user, and git would refuse to read it. */
const trusting = ['-c', 'safe.directory=*'];

/** Of the header alone, which ends at the first empty line: what follows is the author's text. */
function parentsOf(commitText: string): string[] {
  const [header = ''] = commitText.split('\n\n', 1);
  return [...header.matchAll(/^parent ([0-9a-f]{40}|[0-9a-f]{64})$/gm)].flatMap(([, id]) => id ?? []);
}
