import { brotliDecompressSync } from 'node:zlib';
import { type EntryColumns, EntryTable, entryTypes, hasHashBit, hashBytes } from '../../image/entry-table.ts';
import type { FileIndex } from '../file-index.ts';
import { BrokenIndex, ByteReader } from './byte-reader.ts';
import { blockNameBytes, isFirstBit, mostInBlock, mostLayers, mostNameBytes, mostPlainBytes } from './format.ts';
import { NameList } from './name-list.ts';

type Range = { readonly from: number; readonly to: number };

/** Takes block after block of a stored index; throws BrokenIndex for every value that no image gives. */
export class IndexColumns {
  readonly #entries: number;
  readonly #names: NameList;
  readonly #columns: Omit<EntryColumns, 'names' | 'nameEnds'>;
  readonly #layers: Uint32Array;
  readonly #isFirst: Uint8Array;
  #done = 0;
  #visibleBytes = 0;

  constructor(entries: number, owners: Float64Array) {
    this.#entries = entries;
    this.#names = new NameList(entries, mostNameBytes);
    this.#columns = {
      types: new Uint8Array(entries),
      modes: new Uint16Array(entries),
      ownerOf: new Uint32Array(entries),
      owners,
      bytes: new Float64Array(entries),
      hashes: new Uint8Array(hashBytes * entries),
    };
    this.#layers = new Uint32Array(entries);
    this.#isFirst = new Uint8Array(entries);
  }

  get isWanting(): boolean {
    return this.#done < this.#entries;
  }

  finish(): FileIndex {
    const columns = { ...this.#names.finish(), ...this.#columns };
    return { table: new EntryTable(columns, []), layers: this.#layers, isFirst: this.#isFirst };
  }

  addBlock(reader: ByteReader): void {
    const count = reader.number(Math.min(mostInBlock, this.#entries - this.#done));
    if (count === 0) throw new BrokenIndex('has an empty block');
    const block = { from: this.#done, to: this.#done + count };
    const plainBytes = reader.number(mostPlainBytes);
    const plain = new ByteReader(unpack(reader.bytes(reader.number(mostPlainBytes)), plainBytes));
    this.#readNames(plain, count);
    this.#readTypes(plain, block);
    this.#readNumbers(plain, block);
    if (!plain.isAtEnd) throw new BrokenIndex('has a block that goes on after its end');
    this.#readHashes(reader, block);
    this.#done = block.to;
  }

  #readNames(plain: ByteReader, count: number): void {
    const readLengths = () => Uint32Array.from({ length: count }, () => plain.number(mostPlainBytes));
    const lengths = { shared: readLengths(), rest: readLengths(), target: readLengths() };
    const nameBytes = sum(lengths.shared) + sum(lengths.rest) + sum(lengths.target);
    if (count > 1 && nameBytes >= blockNameBytes) throw new BrokenIndex('has names that take too many bytes');
    const rests = new ByteReader(plain.bytes(sum(lengths.rest)));
    const targets = new ByteReader(plain.bytes(sum(lengths.target)));
    for (let n = 0; n < count; n++) {
      const [shared = 0, rest = 0, target = 0] = [lengths.shared[n], lengths.rest[n], lengths.target[n]];
      if (n === 0 && shared > 0) throw new BrokenIndex('has a block that begins with half a name');
      this.#names.add(shared, rests.bytes(rest), targets.bytes(target));
    }
  }

  #readTypes(plain: ByteReader, { from, to }: Range): void {
    for (let at = from; at < to; at++) {
      const byte = plain.byte();
      const type = entryTypes[byte & ~(hasHashBit | isFirstBit)];
      if (type === undefined || type === 'whiteout' || type === 'opaque') throw new BrokenIndex('has an unknown type');
      const mayHaveBody = type === 'file' || type === 'hardlink';
      if (byte >= isFirstBit && !mayHaveBody) throw new BrokenIndex('has content where there can be none');
      this.#columns.types[at] = byte & ~isFirstBit;
      this.#isFirst[at] = (byte & isFirstBit) === 0 ? 0 : 1;
    }
  }

  #readNumbers(plain: ByteReader, { from, to }: Range): void {
    const { types, modes, ownerOf, owners, bytes } = this.#columns;
    for (let at = from; at < to; at++) modes[at] = plain.number(0o7777);
    for (let at = from; at < to; at++) ownerOf[at] = plain.number(owners.length / 2 - 1);
    for (let at = from; at < to; at++) this.#layers[at] = plain.number(mostLayers);
    for (let at = from; at < to; at++) {
      const size = plain.number(Number.MAX_SAFE_INTEGER);
      const type = entryTypes[(types[at] ?? 0) & ~hasHashBit];
      if (size > 0 && type !== 'file' && type !== 'hardlink') throw new BrokenIndex('has a size where there is none');
      if (this.#isFirst[at] === 1) this.#visibleBytes += size;
      if (!Number.isSafeInteger(this.#visibleBytes)) throw new BrokenIndex('has more bytes than can be counted');
      bytes[at] = size;
    }
  }

  #readHashes(reader: ByteReader, { from, to }: Range): void {
    const { types, hashes } = this.#columns;
    for (let at = from; at < to; at++) {
      if (((types[at] ?? 0) & hasHashBit) !== 0) hashes.set(reader.bytes(hashBytes), at * hashBytes);
    }
  }
}

/** Never more than was promised, which is bounded. */
function unpack(packed: Buffer, plainBytes: number): Buffer {
  try {
    const plain = brotliDecompressSync(packed, { maxOutputLength: Math.max(1, plainBytes) });
    if (plain.length === plainBytes) return plain;
  } catch {}
  throw new BrokenIndex('has a block that cannot be unpacked');
}

function sum(lengths: Uint32Array): number {
  return lengths.reduce((total, each) => total + each, 0);
}
