import * as crypto from 'node:crypto';
import type { SparseMap } from './tar/sparse-map.ts';

/**
 * BLAKE2b, RFC 7693: of the secure hashes that Node has it is the quickest on machines without SHA instructions (twice
 * SHA-256), and near it on others. Content is hashed beside two SHA-256 that the specification asks for, so it counts.
 */
const algorithm = 'blake2b512';

/** Of its 512 bits 96 are kept: a profile keeps a million of them. */
const hashBytes = 12;

/** Hash of content that lies whole in one slice; several times cheaper than a stream for the many small files. */
export function hashWhole(slice: Buffer): string {
  // Node before 20.12 has no one-shot hash.
  if (typeof crypto.hash !== 'function')
    return crypto.createHash(algorithm).update(slice).digest().toString('hex', 0, hashBytes);
  return crypto.hash(algorithm, slice, 'buffer').toString('hex', 0, hashBytes);
}

/** Hashes a file's logical content from the stored slices, so that a sparse file equals its expanded copy. */
export class ContentHash {
  readonly #hash = crypto.createHash(algorithm);
  readonly #sparse: SparseMap | null;
  readonly #size: number;
  readonly #expandsHoles: boolean;
  #segment = 0;
  #segmentDone = 0;
  #position = 0;

  /** Without `expandsHoles` the map of a sparse file stands in for its zeros; such a hash equals no hash of a file that is expanded. */
  constructor(size: number, sparse: SparseMap | null, expandsHoles = true) {
    this.#expandsHoles = expandsHoles;
    this.#size = size;
    this.#sparse = sparse;
    if (sparse !== null && !expandsHoles) this.#hash.update(JSON.stringify([size, sparse]));
  }

  /** Takes the next stored slice. */
  update(slice: Buffer): void {
    if (this.#sparse === null) this.#hash.update(slice);
    else this.#updateSparse(slice, this.#sparse);
  }

  /** 24 hex digits: the first of the hash, unless holes were not expanded. */
  digest(): string {
    if (this.#sparse !== null) this.#fillUpTo(this.#size);
    const start = this.#expandsHoles ? 0 : hashBytes;
    return this.#hash.digest().toString('hex', start, start + hashBytes);
  }

  #updateSparse(slice: Buffer, map: SparseMap): void {
    let at = 0;
    while (at < slice.length) {
      const segment = map[this.#segment];
      if (segment === undefined) return;
      this.#fillUpTo(segment.offset);
      const end = Math.min(slice.length, at + segment.length - this.#segmentDone);
      this.#hash.update(slice.subarray(at, end));
      this.#position += end - at;
      this.#segmentDone += end - at;
      at = end;
      if (this.#segmentDone < segment.length) continue;
      this.#segment++;
      this.#segmentDone = 0;
    }
  }

  #fillUpTo(offset: number): void {
    const hole = offset - this.#position;
    this.#position = Math.max(offset, this.#position);
    if (!this.#expandsHoles) return;
    for (let left = hole; left > 0; left -= zeros.length)
      this.#hash.update(zeros.subarray(0, Math.min(left, zeros.length)));
  }
}

const zeros = Buffer.alloc(65_536);
