import { z } from 'zod';
import type { Repository } from '../settings/action/run-event.ts';
import type { GitHub } from './connect.ts';
import { explainTrouble } from './explain-trouble.ts';
import { readReply, UnexpectedReply } from './read-reply.ts';

type Told<Value> = { readonly value: Value } | { readonly warning: string };

const artifactReply = z.object({
  id: z.int(),
  name: z.string(),
  expired: z.boolean(),
  workflow_run: z.object({ id: z.int() }).nullish(),
});
const listReply = z.object({ artifacts: z.array(artifactReply) });

/** The id of the newest artifact of that name that a run left, undefined where it left none or it is gone. Needs `actions: read`. */
export async function runArtifact(
  github: GitHub,
  { repository, run, name }: { readonly repository: Repository; readonly run: number; readonly name: string },
): Promise<Told<number | undefined>> {
  const { actions } = github.octokit.rest;
  const where = { owner: repository.owner, repo: repository.name };
  try {
    const { data } = await actions.listWorkflowRunArtifacts({ ...where, run_id: run, name, per_page: 100 });
    const { artifacts } = readReply(listReply, data);
    const ours = artifacts.filter(
      (each) => each.name === name && !each.expired && (each.workflow_run?.id ?? run) === run,
    );
    return { value: ours.length === 0 ? undefined : Math.max(...ours.map(({ id }) => id)) };
  } catch (error) {
    const what = `list the artifacts of run ${run}`;
    const { warning } = explainTrouble(github, error, { what, permission: 'actions: read', repository });
    return { warning };
  }
}

/** Where an artifact's archive can be fetched for a short while, without our token. Needs `actions: read`. */
export async function artifactAddress(
  github: GitHub,
  { repository, artifact }: { readonly repository: Repository; readonly artifact: number },
): Promise<Told<string>> {
  const { actions } = github.octokit.rest;
  const where = { owner: repository.owner, repo: repository.name, artifact_id: artifact, archive_format: 'zip' };
  try {
    // Not followed: the token is GitHub's, and the archive lies elsewhere.
    const { headers } = await actions.downloadArtifact({ ...where, request: { redirect: 'manual' } });
    const { location } = headers;
    if (typeof location !== 'string') throw new UnexpectedReply('the answer does not say where the archive is');
    return { value: location };
  } catch (error) {
    const what = `download artifact ${artifact}`;
    const { warning } = explainTrouble(github, error, { what, permission: 'actions: read', repository });
    return { warning };
  }
}
