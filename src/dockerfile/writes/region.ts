/** Part of a stage's filesystem: one name, or with `isTree` all that stands at and below it. Paths as `imagePath` gives them. */
export type Region = { readonly path: string; readonly isTree: boolean };

export const wholeTree: Region = { path: '', isTree: true };

/** The path below the folder, '' for the folder itself; undefined when it is not in there. */
export function below(folder: string, path: string): string | undefined {
  if (folder === '') return path;
  if (path === folder) return '';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

export function join(folder: string, path: string): string {
  return folder === '' || path === '' ? folder + path : `${folder}/${path}`;
}

/** Whether a name of the one can be a name of what stands at and below the folder. */
export function meetsTree({ path, isTree }: Region, folder: string): boolean {
  return below(folder, path) !== undefined || (isTree && below(path, folder) !== undefined);
}

/**
 * A path without `.`, `..`, doubled slashes and the slash in front, with the links resolved that distributions put in
 * the place of folders: `/bin/sh` and `/usr/bin/sh` are one file there. Elsewhere the two are taken for one as well,
 * which can only make an answer less certain.
 */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return withoutKnownLinks(parts.join('/'));
}

function withoutKnownLinks(path: string): string {
  return path
    .replace(/^(?=(?:bin|sbin|lib|lib32|lib64|libx32)(?:\/|$))/, 'usr/')
    .replace(/^var\/(?=lock(?:\/|$))/, 'run/')
    .replace(/^var\/(?=run(?:\/|$))/, '');
}
