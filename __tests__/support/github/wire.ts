import type { Account, Artifact, CacheEntry, Comment, File, GitHubState, PullRequest, Run } from './github-state.ts';
import type { Json, Schema } from './openapi-checks.ts';
import { sample } from './sample.ts';

/** A comment as GitHub's API writes it. */
export function wireComment(comment: Comment, { repository }: GitHubState, url: string): Schema {
  const here = `${url}/repos/${repository.owner}/${repository.name}/issues`;
  const page = `https://github.example/${repository.owner}/${repository.name}/pull/${comment.pull}`;
  return sample('issue-comment', {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${here}/comments/${comment.id}`,
    issue_url: `${here}/${comment.pull}`,
    html_url: `${page}#issuecomment-${comment.id}`,
    body: comment.body,
    user: wireUser(comment.author),
  });
}

/** A pull request as GitHub's API writes it, with its head and base. */
export function wirePull(pull: PullRequest, state: GitHubState): Schema {
  const side = (ref: string, sha: string) => ({
    label: `${state.repository.owner}:${ref}`,
    ref,
    sha,
    user: wireUser({ login: state.repository.owner, type: 'User' }),
    repo: sample('repository', { owner: wireUser({ login: state.repository.owner, type: 'User' }) }),
  });
  return sample('pull-request', {
    number: pull.number,
    locked: pull.locked === true,
    head: side('feature', pull.head),
    base: side('main', pull.base),
    comments: state.commentsOf(pull.number).length,
    changed_files: pull.files?.length ?? 0,
  });
}

/** A changed file as GitHub's API writes it. */
export function wireFile(file: File): Schema {
  return sample('diff-entry', {
    sha: '0'.repeat(40),
    filename: file.path,
    status: file.status,
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
    ...(file.patch === undefined ? {} : { patch: file.patch }),
  });
}

/** A list of cache entries as GitHub's API writes it. */
export function wireCaches(entries: readonly CacheEntry[], total: number): Json {
  return { total_count: total, actions_caches: entries.map((entry, index) => ({ id: index + 1, ...entry })) };
}

/** A run of a workflow as GitHub's API writes it. */
export function wireRun(run: Run): Schema {
  const repository = (id: number) => sample('minimal-repository', { id, owner: wireUser(owner) });
  return sample('workflow-run', {
    id: run.id,
    path: runPath(run),
    event: runEvent(run),
    status: 'completed',
    conclusion: runConclusion(run),
    head_branch: run.branch,
    head_sha: run.commit,
    repository: repository(1),
    head_repository: repository(run.isForeign === true ? 2 : 1),
  });
}

const owner: Account = { login: 'octo', type: 'User' };

export function runPath({ path = '.github/workflows/image.yml' }: Run): string {
  return path;
}

export function runEvent({ event = 'push' }: Run): string {
  return event;
}

export function runConclusion({ conclusion = 'success' }: Run): string {
  return conclusion;
}

/** An artifact of a run as GitHub's API writes it. */
export function wireArtifact({ id, run, name, expired = false }: Artifact): Schema {
  return sample('artifact', { id, name, expired, workflow_run: { id: run, repository_id: 1, head_repository_id: 1 } });
}

function wireUser({ login, type }: Account): Schema {
  return sample('simple-user', { login, type, id: login.length, node_id: `U_${login}` });
}
