import { parseDecimal } from './pax-records.ts';
import { pairsToMap, type SparseMap } from './sparse-map.ts';
import { TarFormatError } from './tar-error.ts';
import { blockSize } from './tar-header.ts';

/** The sparse map that GNU tar's PAX format 1.0 writes in front of a file's data: decimal lines, padded to whole blocks. */
export class BodyMap {
  readonly #blocks: Buffer[] = [];
  #lines = 0;
  #wanted = 1;

  /** Adds the block at `at`; the map once it is complete, else null. */
  add(chunk: Buffer, at: number): SparseMap | null {
    const block = Buffer.from(chunk.subarray(at, at + blockSize));
    this.#blocks.push(block);
    if (this.#blocks.length === 1) this.#wanted = 1 + 2 * segmentCount(block);
    for (const byte of block) if (byte === newline) this.#lines++;
    return this.#lines < this.#wanted ? null : this.#parse();
  }

  /** Bytes of the entry's body taken so far. */
  get length(): number {
    return this.#blocks.length * blockSize;
  }

  #parse(): SparseMap {
    const lines = Buffer.concat(this.#blocks).toString('latin1').split('\n', this.#wanted);
    return pairsToMap(lines.slice(1).map((line) => parseDecimal(line, 'a sparse map')));
  }
}

const newline = 0x0a;

function segmentCount(firstBlock: Buffer): number {
  const end = firstBlock.indexOf(newline);
  const count = parseDecimal(firstBlock.toString('latin1', 0, Math.max(0, end)), 'the length of a sparse map');
  if (count < 0) throw new TarFormatError('a sparse map has a negative length');
  return count;
}
