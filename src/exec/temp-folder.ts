import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';

const folders = new Set<string>();

/** Makes a folder that only this user can read, under TMPDIR; it is gone when `use` has ended, well or not. */
export async function withTempFolder<Result>(
  use: (folder: string) => Promise<Result>,
  parent = tmpdir(),
): Promise<Result> {
  const folder = createFolder(parent);
  try {
    return await use(folder);
  } finally {
    remove(folder);
  }
}

/** Has a path that is not there yet removed at the end of the process; gives what removes it earlier. */
export function removeLater(path: string): () => void {
  folders.add(path);
  return () => remove(path);
}

/** For the end of the process: removes what is still there. */
export function removeTempFolders(): void {
  for (const folder of folders) remove(folder);
}

function createFolder(parent: string): string {
  try {
    const folder = mkdtempSync(join(parent, 'stagegate-'));
    folders.add(folder);
    return folder;
  } catch (cause) {
    throw new UserError(`Cannot make a folder for temporary files in ${parent}: ${reasonOf(cause)}`, {
      hint: 'Free space there, or set TMPDIR to a folder that can be written.',
      exitCode: 3,
      cause,
    });
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    folders.delete(folder);
  } catch {
    // Something still writes there; the end of the process tries once more.
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
