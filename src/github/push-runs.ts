import { z } from 'zod';
import type { Repository } from '../settings/action/run-event.ts';
import type { GitHub } from './connect.ts';
import { explainTrouble } from './explain-trouble.ts';
import { readReply } from './read-reply.ts';

/** A run of a workflow for a push, that ended well. */
export type PushRun = { readonly id: number; readonly commit: string };

export type PushRunsRequest = {
  readonly repository: Repository;
  readonly branch: string;
  /** `.github/workflows/image.yml`. */
  readonly workflowPath: string;
};

const repositoryReply = z.object({ id: z.int() });
const runReply = z.object({
  id: z.int(),
  path: z.string(),
  event: z.string(),
  head_branch: z.string().nullable(),
  head_sha: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
  conclusion: z.string().nullable(),
  repository: repositoryReply,
  head_repository: repositoryReply.nullable(),
});
const listReply = z.object({ workflow_runs: z.array(runReply) });

/**
 * The latest successful runs of one workflow for pushes to a branch, newest first, at most 30. GitHub is asked for just
 * these, and each answer is held against it once more: the branch of a fork may have the same name. Needs `actions: read`.
 */
export async function pushRuns(
  github: GitHub,
  { repository, branch, workflowPath }: PushRunsRequest,
): Promise<{ readonly value: readonly PushRun[] } | { readonly warning: string }> {
  const { actions } = github.octokit.rest;
  try {
    const { data } = await actions.listWorkflowRuns({
      owner: repository.owner,
      repo: repository.name,
      workflow_id: workflowPath.slice(workflowPath.lastIndexOf('/') + 1),
      branch,
      event: 'push',
      status: 'success',
      per_page: 30,
    });
    const runs = readReply(listReply, data).workflow_runs;
    const sound = runs.filter(
      (run) =>
        run.event === 'push' &&
        run.head_branch === branch &&
        run.conclusion === 'success' &&
        run.head_repository?.id === run.repository.id &&
        run.path.split('@', 1)[0] === workflowPath,
    );
    return { value: sound.map(({ id, head_sha }) => ({ id, commit: head_sha })) };
  } catch (error) {
    const what = `list the runs for pushes to ${branch}`;
    const { warning } = explainTrouble(github, error, { what, permission: 'actions: read', repository });
    return { warning };
  }
}
