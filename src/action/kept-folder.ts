import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getState, saveState, warning } from '@actions/core';

/** Makes a folder that only this user can read and that later steps of the job still find: the post step removes it. */
export async function createKeptFolder(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const folder = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'stagegate-'));
  saveState('folder', folder);
  return folder;
}

/** For the post step, which gets no state where the step itself did not come as far. */
export async function removeKeptFolder(): Promise<void> {
  const folder = getState('folder');
  if (folder === '') return;
  await rm(folder, { recursive: true, force: true }).catch((cause: unknown) => {
    warning(`${folder} was not removed: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
}
