import { createHash } from 'node:crypto';
import type { Steps } from '../../slices.ts';

/** A stored index begins with these bytes, then so many of SHA-256 over the rest. */
export const magic = Buffer.from('sgf1', 'latin1');
export const checkBytes = 12;

/** Beside the type of a name, in its byte. */
export const isFirstBit = 0x40;

/** The most names of a block, their most bytes unless it has but one, and the most bytes that it may unpack to. */
export const mostInBlock = 4096;
export const blockNameBytes = 1024 * 1024;
export const mostPlainBytes = 16 * 1024 * 1024;

/** The same as when layers are applied (image/tree-bounds.ts). */
export const mostEntries = 3_000_000;
export const mostNameBytes = 512 * 1024 * 1024;

/** Tells an index that was damaged on its way; who forges one can forge this too. */
export function* hashing(body: Buffer): Steps<Buffer> {
  const hash = createHash('sha256');
  for (let at = 0; at < body.length; at += bytesAStep) {
    hash.update(body.subarray(at, at + bytesAStep));
    yield;
  }
  return hash.digest().subarray(0, checkBytes);
}

/** A few milliseconds'. */
const bytesAStep = 1024 * 1024;

/** No registry and no engine takes nearly as many. */
export const mostLayers = 65_535;
