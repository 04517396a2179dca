import { z } from 'zod';
import type { Repository } from '../settings/action/run-event.ts';
import { allPages } from './all-pages.ts';
import type { GitHub } from './connect.ts';
import { explainTrouble } from './explain-trouble.ts';

export type ChangedFile = {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly previousPath?: string;
  /** GitHub's word: added, removed, modified, renamed, copied, changed or unchanged. */
  readonly status: string;
  /** Absent for binary and very large files. */
  readonly patch?: string;
};

/** GitHub lists no more files of a pull request than these. */
const mostFiles = 3000;

const fileReply = z.object({
  filename: z.string(),
  status: z.string(),
  previous_filename: z.string().optional(),
  patch: z.string().optional(),
});

/** The files that a pull request changes; `isComplete` is false where GitHub cuts the list. */
export async function changedFiles(
  github: GitHub,
  { repository, pullRequest }: { readonly repository: Repository; readonly pullRequest: number },
): Promise<{ readonly files: readonly ChangedFile[]; readonly isComplete: boolean } | { readonly warning: string }> {
  const { pulls } = github.octokit.rest;
  const where = { owner: repository.owner, repo: repository.name, pull_number: pullRequest };
  try {
    const found = await allPages(fileReply, (page) => pulls.listFiles({ ...where, ...page }));
    return { files: found.map(toChangedFile), isComplete: found.length < mostFiles };
  } catch (error) {
    const what = `list the files of pull request ${pullRequest}`;
    const { warning } = explainTrouble(github, error, { what, permission: 'pull-requests: read', repository });
    return { warning };
  }
}

function toChangedFile({ filename, status, previous_filename, patch }: z.infer<typeof fileReply>): ChangedFile {
  return {
    path: filename,
    status,
    ...(previous_filename === undefined ? {} : { previousPath: previous_filename }),
    ...(patch === undefined ? {} : { patch }),
  };
}
