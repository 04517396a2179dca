import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type CheckFlags, readSettings } from '../../src/settings/read-settings.ts';
import { UserError } from '../../src/user-error.ts';

type Content = string | Uint8Array | { readonly link: string } | { readonly folder: true };

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder with these files; a name that ends in `.git` makes it a repository. */
export async function project(files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'stagegate-settings-')));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(path, content);
    else if ('link' in content) await symlink(content.link, path);
    else await mkdir(path);
  }
  return folder;
}

/** A repository whose Dockerfile and `services/api/Dockerfile` exist. */
export function repository(files: Readonly<Record<string, Content>> = {}): Promise<string> {
  return project({
    '.git': { folder: true },
    Dockerfile: 'FROM scratch\n',
    'services/api/Dockerfile': 'FROM scratch\n',
    ...files,
  });
}

export function settingsOf(cwd: string, flags: CheckFlags = {}, context?: string) {
  return readSettings({ context, flags, cwd });
}

/** Message and hint as a person sees them, with the folder shown as `~`. */
export async function complaint(cwd: string, flags: CheckFlags = {}, context?: string): Promise<string> {
  try {
    await settingsOf(cwd, flags, context);
    return 'no complaint';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lines = error.hint === undefined ? [error.message] : [error.message, error.hint];
    return lines.join('\n').replaceAll(cwd, '~');
  }
}
