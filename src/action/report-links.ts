import { relative, resolve } from 'node:path';
import { commitLinks } from '../report/markdown/commit-links.ts';
import type { Links } from '../report/markdown/links.ts';
import { localFiles } from '../settings/files.ts';
import { repositoryOf } from '../settings/repository.ts';
import type { Step } from './prepare.ts';

/** Links to files at the head commit, wherever in the workspace the repository was checked out. */
export async function reportLinks({ event, inputs }: Pick<Step, 'event' | 'inputs'>): Promise<Links> {
  const { serverUrl, repository, pullRequest } = event;
  const links = commitLinks({ serverUrl, repository, commit: pullRequest?.headCommit ?? event.commit });
  const context = resolve(inputs.context ?? '.');
  const root = await repositoryOf(context, localFiles).catch(() => undefined);
  return { file: (path, line) => links.file(relative(root ?? process.cwd(), resolve(path)), line) };
}
