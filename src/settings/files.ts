import { readFile, realpath, stat } from 'node:fs/promises';
import { UserError } from '../user-error.ts';
import { quote } from './quote.ts';

export type FileKind = 'file' | 'folder' | 'other' | 'missing';

/** What settings need of the file system; paths are absolute. */
export type Files = {
  /** Follows symlinks: one that leads nowhere is `missing`. */
  readonly kindOf: (path: string) => Promise<FileKind>;
  readonly sizeOf: (path: string) => Promise<number>;
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The path with all symlinks resolved; the path must exist. */
  readonly realPath: (path: string) => Promise<string>;
};

/** The machine's own files; what may not be read throws UserError. */
export const localFiles: Files = {
  kindOf: (path) => explained(path, () => kindOf(path)),
  sizeOf: async (path) => (await explained(path, () => stat(path))).size,
  read: (path) => explained(path, () => readFile(path)),
  realPath: (path) => explained(path, () => realpath(path)),
};

async function kindOf(path: string): Promise<FileKind> {
  // Node throws a programmer's error for a NUL, which no path can hold.
  if (path.includes('\0')) return 'missing';
  try {
    const stats = await stat(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(codeOf(error))) return 'missing';
    throw error;
  }
}

async function explained<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    throw new UserError(`Cannot read ${quote(path)}: ${words[code] ?? code}.`, {
      hint: 'Check that the path is right and that you may read it.',
      cause: error,
    });
  }
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
};

/** Node's code of an error (`ENOENT`), empty when it has none. */
export function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : '';
}
