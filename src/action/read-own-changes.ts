import { changedFiles } from '../github/changed-files.ts';
import { configNames } from '../settings/config-file.ts';
import { ownChanges } from './own-changes.ts';
import type { Step } from './prepare.ts';

/** Sentences for the top of the comment, and what went wrong while they were looked for. */
export type OwnChanges = { readonly lead: readonly string[]; readonly warnings: readonly string[] };

/** Asks GitHub whether the pull request changes what it is judged by. */
export async function readOwnChanges({ event, github, inputs }: Step): Promise<OwnChanges> {
  const { repository, pullRequest, workflowRef } = event;
  if (pullRequest === undefined || github === undefined) return { lead: [], warnings: [] };
  const answer = await changedFiles(github, { repository, pullRequest: pullRequest.number });
  if ('warning' in answer) return { lead: [], warnings: [answer.warning] };
  const { config } = inputs.flags;
  const configPaths = config === undefined ? configNames : [config];
  const workflowPath = /^[^/]+\/[^/]+\/(.+?)@/.exec(workflowRef ?? '')?.[1];
  return { lead: ownChanges(answer.files, { configPaths, workflowPath }), warnings: [] };
}
