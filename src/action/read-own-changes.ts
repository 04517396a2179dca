import { relative, resolve } from 'node:path';
import { changedFiles } from '../github/changed-files.ts';
import { configNames } from '../settings/config-file.ts';
import { localFiles } from '../settings/files.ts';
import { repositoryOf } from '../settings/repository.ts';
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
  const root = (await repositoryOf(resolve(inputs.context ?? '.'), localFiles).catch(() => undefined)) ?? process.cwd();
  const { config } = inputs.flags;
  const configPaths = (config === undefined ? configNames : [config]).map((name) => relative(root, resolve(name)));
  const workflowPath = /^[^/]+\/[^/]+\/(.+?)@/.exec(workflowRef ?? '')?.[1];
  const cut = answer.isComplete
    ? []
    : ['This pull request changes more files than GitHub lists, its own budget perhaps among them.'];
  return { lead: [...ownChanges(answer.files, { configPaths, workflowPath }), ...cut], warnings: [] };
}
