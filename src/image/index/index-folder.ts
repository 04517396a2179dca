import { join, resolve } from 'node:path';

/** Where the layer index lies: `STAGEGATE_INDEX`, else in the user's cache folder (XDG Base Directory Specification). */
export function indexFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const { STAGEGATE_INDEX: chosen, XDG_CACHE_HOME: cache } = env;
  if (chosen) return resolve(chosen);
  // The specification says to ignore a path that is not absolute.
  const folder = cache?.startsWith('/') ? cache : join(home, '.cache');
  return join(folder, 'stagegate', 'index');
}
