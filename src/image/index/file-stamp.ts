import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BlobPlace } from '../blob-source.ts';

/**
 * A name for a part of a file in its present state; null for what is not a file, or changed so lately that a change to
 * come could leave the same times behind (as git says: racily clean). The kernel sets the change time, so that nobody
 * can give another content the stamp of this one without being root.
 */
export async function fileStamp(place: BlobPlace, now: number): Promise<string | null> {
  if (place.kind !== 'file') return null;
  const stats = await stat(place.path, { bigint: true }).catch(() => null);
  if (stats === null || !stats.isFile() || Number(stats.ctimeMs) > now - racyMs) return null;
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  const state = [resolve(place.path), dev, ino, size, mtimeNs, ctimeNs, place.start, place.bytes].join('\n');
  return createHash('sha256').update(state).digest('hex');
}

const racyMs = 2000;
