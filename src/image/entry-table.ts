import type { LayerEntry } from './image.ts';

/** The columns of a table, one value an entry, as they are kept in memory, sent between threads and stored. Little-endian. */
export type EntryColumns = {
  /** UTF-8 of all names, each entry's path followed by its link target. */
  readonly names: Uint8Array;
  /** Ends in `names`: of entry i's path at 2i, of its link target at 2i + 1. */
  readonly nameEnds: Uint32Array;
  /** Index into `entryTypes`; the highest bit says that there is a content hash. */
  readonly types: Uint8Array;
  readonly modes: Uint16Array;
  /** Index into `owners`. */
  readonly ownerOf: Uint32Array;
  /** uid and gid of each distinct owner. */
  readonly owners: Float64Array;
  readonly bytes: Float64Array;
  /** 12 bytes an entry. */
  readonly hashes: Uint8Array;
};

/** What few entries have. */
export type EntryExtra = { readonly index: number } & Pick<LayerEntry, 'contains' | 'text' | 'facts'>;

/** The types of entries in the order of their stored numbers: only ever append. */
export const entryTypes = [
  'file',
  'hardlink',
  'symlink',
  'directory',
  'char',
  'block',
  'fifo',
  'whiteout',
  'opaque',
] as const satisfies readonly LayerEntry['type'][];

export const hashBytes = 12;
export const hasHashBit = 0x80;

/**
 * The entries of a layer in tar order, in a few typed arrays: about 100 bytes an entry, names included, where objects
 * would take several times as much. Entries are views that read their columns when asked.
 */
export class EntryTable implements Iterable<LayerEntry> {
  readonly columns: EntryColumns;
  readonly extras: readonly EntryExtra[];
  readonly #extraOf: ReadonlyMap<number, EntryExtra>;
  readonly #names: Buffer;
  readonly #hashes: Buffer;

  constructor(columns: EntryColumns, extras: readonly EntryExtra[]) {
    this.columns = columns;
    this.extras = extras;
    this.#extraOf = new Map(extras.map((extra) => [extra.index, extra]));
    this.#names = viewOf(columns.names);
    this.#hashes = viewOf(columns.hashes);
  }

  get length(): number {
    return this.columns.types.length;
  }

  /** Of all paths and link targets. */
  get nameBytes(): number {
    return this.columns.names.length;
  }

  *[Symbol.iterator](): Generator<LayerEntry, void, undefined> {
    for (let index = 0; index < this.length; index++) yield new TableEntry(this, index);
  }

  /** The n-th string of `names`: two an entry. */
  name(n: number): string {
    const { nameEnds } = this.columns;
    return this.#names.toString('utf8', n === 0 ? 0 : nameEnds[n - 1], nameEnds[n]);
  }

  hash(index: number): string {
    return this.#hashes.toString('hex', index * hashBytes, (index + 1) * hashBytes);
  }

  extra(index: number): EntryExtra | undefined {
    return this.#extraOf.get(index);
  }
}

/** One row. Two fields, since a million of them may be alive at once. */
class TableEntry implements LayerEntry {
  readonly #table: EntryTable;
  readonly #index: number;

  constructor(table: EntryTable, index: number) {
    this.#table = table;
    this.#index = index;
  }

  get path(): string {
    return this.#table.name(2 * this.#index);
  }

  get type(): LayerEntry['type'] {
    return entryTypes[this.#typeBits & ~hasHashBit] ?? 'fifo';
  }

  get mode(): number {
    return this.#table.columns.modes[this.#index] ?? 0;
  }

  get uid(): number {
    return this.#owner(0);
  }

  get gid(): number {
    return this.#owner(1);
  }

  get bytes(): number {
    return this.#table.columns.bytes[this.#index] ?? 0;
  }

  get linkTarget(): string | undefined {
    const { type } = this;
    return type === 'symlink' || type === 'hardlink' ? this.#table.name(2 * this.#index + 1) : undefined;
  }

  get contentHash(): string | undefined {
    return (this.#typeBits & hasHashBit) === 0 ? undefined : this.#table.hash(this.#index);
  }

  get contains(): LayerEntry['contains'] {
    return this.#table.extra(this.#index)?.contains;
  }

  get text(): string | undefined {
    return this.#table.extra(this.#index)?.text;
  }

  get facts(): LayerEntry['facts'] {
    return this.#table.extra(this.#index)?.facts;
  }

  get #typeBits(): number {
    return this.#table.columns.types[this.#index] ?? 0;
  }

  #owner(part: 0 | 1): number {
    const { owners, ownerOf } = this.#table.columns;
    return owners[2 * (ownerOf[this.#index] ?? 0) + part] ?? 0;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
