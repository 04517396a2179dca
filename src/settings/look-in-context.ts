import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { findIgnoreFile } from '../dockerfile/ignore-file.ts';
import type { Known } from '../dockerfile/writes/known.ts';
import type { ImageEntry } from './settings.ts';

/**
 * Looks names up in an entry's build context, as a COPY would find them; only asks what a name is, opens nothing and
 * follows no link. With an ignore file what stands there may still be left out, so only `nothing` is certain then.
 */
export async function lookInContext({
  context,
  dockerfile,
}: Pick<ImageEntry, 'context' | 'dockerfile'>): Promise<Known['context']> {
  const ignores = (await findIgnoreFile({ context, dockerfile }, async (path) => existsSync(path))) !== undefined;
  const seen = new Map<string, ReturnType<Known['context']>>();
  return (path) => {
    if (!seen.has(path)) seen.set(path, kindOf(context, path));
    const kind = seen.get(path);
    return ignores && kind !== 'nothing' ? undefined : kind;
  };
}

function kindOf(context: string, path: string): ReturnType<Known['context']> {
  // The image writes a backslash otherwise, and a name may stand in the one and not in the other for many reasons.
  if (path.includes('\\') || path.includes('\0') || path.length > longestPath) return undefined;
  if (path === '') return 'folder';
  const parts = path.split('/');
  for (const [at, part] of parts.entries()) {
    const folder = join(context, ...parts.slice(0, at));
    const kind = kindOfName(folder, part);
    if (kind !== 'folder' || at === parts.length - 1)
      return kind === 'file' && at < parts.length - 1 ? 'nothing' : kind;
  }
  return undefined;
}

const longestPath = 4096;

function kindOfName(folder: string, name: string): ReturnType<Known['context']> {
  try {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}
