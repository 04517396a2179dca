import { readFile, stat } from 'node:fs/promises';

/** Beyond this a stored report is not one of ours: 64 MiB. */
export const largestReport = 64 * 2 ** 20;

/** Reads a file of at most so many bytes; rejects as `node:fs` does when it cannot be read. */
export type ReadText = (path: string, limitBytes: number) => Promise<string>;

export const readText: ReadText = async (path, limitBytes) => {
  const { size } = await stat(path);
  if (size > limitBytes) throw new Error(`${path} is larger than ${limitBytes} bytes`);
  return readFile(path, 'utf8');
};
