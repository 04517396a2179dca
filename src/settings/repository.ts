import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Files } from './files.ts';

/** The nearest folder upward that holds `.git`, with symlinks resolved; undefined outside any repository. */
export async function repositoryOf(folder: string, files: Files): Promise<string | undefined> {
  const real = await files.realPath(folder);
  for (let current = real; ; current = dirname(current)) {
    if ((await files.kindOf(join(current, '.git'))) !== 'missing') return current;
    if (dirname(current) === current) return undefined;
  }
}

/** True when `path` is the folder or lies under it; both absolute, symlinks not looked at. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
