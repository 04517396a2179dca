import { createRandom } from './random.ts';

/** Cuts the bytes at places that depend on nothing but them, so that a crash repeats. The pieces are copies. */
export function cutAnywhere(bytes: Buffer): readonly Buffer[] {
  const random = createRandom(bytes.length ^ (bytes[bytes.length >> 1] ?? 0));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = random.chance(0.3) ? 1 + random.int(20) : 1 + random.int(2000);
    pieces.push(Buffer.from(bytes.subarray(at, at + length)));
    at += length;
  }
  return pieces;
}
