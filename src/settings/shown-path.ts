import { relative } from 'node:path';
import { isInside } from './repository.ts';

/** An absolute path as people see it from the working directory: relative where it lies inside. */
export function shownPath(cwd: string, path: string): string {
  return isInside(path, cwd) ? relative(cwd, path) || '.' : path;
}
