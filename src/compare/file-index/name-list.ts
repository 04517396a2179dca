import { isUtf8 } from 'node:buffer';
import type { EntryColumns } from '../../image/entry-table.ts';
import { BrokenIndex } from './byte-reader.ts';
import { commonLength, compareNames, type NameBytes } from './name-order.ts';

/** The names of a stored index as they are read, each followed by its link target: sorted, each once, valid UTF-8. */
export class NameList {
  readonly #most: number;
  readonly #ends: Uint32Array;
  #count = 0;
  #names = Buffer.allocUnsafeSlow(65_536);
  #end = 0;
  #last: Omit<NameBytes, 'names'> = { start: 0, end: 0 };

  /** `most` bytes of all of them together. */
  constructor(entries: number, most: number) {
    this.#ends = new Uint32Array(2 * entries);
    this.#most = most;
  }

  /** The next name: so many bytes of the one before it, then the rest. */
  add(shared: number, rest: Buffer, target: Buffer): void {
    const { start, end } = this.#last;
    if (shared > end - start) throw new BrokenIndex('has a name that begins as none before it');
    this.#reserve(shared + rest.length + target.length);
    const name = { start: this.#end, end: this.#end + shared + rest.length };
    this.#names.copy(this.#names, name.start, start, start + shared);
    rest.copy(this.#names, name.start + shared);
    target.copy(this.#names, name.end);
    this.#end = name.end + target.length;
    this.#check(name, shared, target);
    this.#ends[2 * this.#count] = name.end;
    this.#ends[2 * this.#count + 1] = this.#end;
    this.#last = name;
    this.#count++;
  }

  finish(): Pick<EntryColumns, 'names' | 'nameEnds'> {
    return { names: new Uint8Array(this.#names.subarray(0, this.#end)), nameEnds: this.#ends };
  }

  /** What a name says to share with the one before it is all that they share; the first of a block says nothing. */
  #check(name: Omit<NameBytes, 'names'>, shared: number, target: Buffer): void {
    const names = this.#names;
    if (!isUtf8(names.subarray(name.start, name.end)) || !isUtf8(target)) {
      throw new BrokenIndex('has a name that is no UTF-8');
    }
    if (this.#count === 0) return;
    const last = { names, ...this.#last };
    const common = shared === 0 ? commonLength(last, { names, ...name }) : shared;
    if (compareNames(last, { names, ...name }, common) >= 0) {
      throw new BrokenIndex('has names that are out of order');
    }
  }

  #reserve(length: number): void {
    const needed = this.#end + length;
    if (needed > this.#most) throw new BrokenIndex('has names that take too many bytes');
    if (needed <= this.#names.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#names.length, needed));
    this.#names.copy(larger, 0, 0, this.#end);
    this.#names = larger;
  }
}
