import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexBounds } from './layer-index.ts';

/** Removes files that were not used for too long, then the least recently used until the rest keeps the bound; `now` in milliseconds. */
export async function pruneFolder(folder: string, { bytes, days }: IndexBounds, now: number): Promise<void> {
  const files = await listFiles(folder);
  files.sort((one, other) => other.usedAt - one.usedAt);
  let kept = 0;
  for (const file of files) {
    kept += file.bytes;
    if (kept > bytes || now - file.usedAt > days * dayMs) await rm(file.path, { force: true });
  }
}

const dayMs = 24 * 60 * 60 * 1000;

type Found = { readonly path: string; readonly bytes: number; readonly usedAt: number };

async function listFiles(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    // Another run may have removed it meanwhile.
    const stats = await stat(path).catch(() => null);
    if (stats?.isFile()) found.push({ path, bytes: stats.size, usedAt: stats.mtimeMs });
  }
  return found;
}
