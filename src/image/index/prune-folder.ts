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

/** Folder by folder: `readdir` with `recursive` blocks the event loop for as long as it takes to walk all of them. */
async function listFiles(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  const open = [folder];
  for (let inside = open.pop(); inside !== undefined; inside = open.pop()) {
    for (const entry of await readdir(inside, { withFileTypes: true }).catch(() => [])) {
      const path = join(inside, entry.name);
      if (entry.isDirectory()) open.push(path);
      // Another run may have removed it meanwhile.
      const stats = entry.isFile() ? await stat(path).catch(() => null) : null;
      if (stats !== null) found.push({ path, bytes: stats.size, usedAt: stats.mtimeMs });
    }
  }
  return found;
}
