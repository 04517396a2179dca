import { type EntryExtra, EntryTable, entryTypes, hasHashBit, hashBytes } from './entry-table.ts';
import type { LayerEntry } from './image.ts';

/** Takes entries in tar order into a table. */
export class EntryTableBuilder {
  #length = 0;
  #names = Buffer.allocUnsafeSlow(16_384);
  #nameEnd = 0;
  #nameEnds = new Uint32Array(512);
  #types = new Uint8Array(256);
  #modes = new Uint16Array(256);
  #ownerOf = new Uint32Array(256);
  #bytes = new Float64Array(256);
  #hashes = Buffer.allocUnsafeSlow(256 * hashBytes);
  readonly #owners: number[] = [];
  readonly #ownerIndex = new Map<number, Map<number, number>>();
  readonly #extras: EntryExtra[] = [];

  add(entry: LayerEntry): void {
    const index = this.#length++;
    if (index === this.#types.length) this.#grow();
    this.#addName(2 * index, entry.path);
    this.#addName(2 * index + 1, entry.linkTarget ?? '');
    const { contentHash, contains, text, facts } = entry;
    this.#types[index] = entryTypes.indexOf(entry.type) | (contentHash === undefined ? 0 : hasHashBit);
    this.#modes[index] = entry.mode;
    this.#ownerOf[index] = this.#findOwner(entry.uid, entry.gid);
    this.#bytes[index] = entry.bytes;
    if (contentHash === undefined) this.#hashes.fill(0, index * hashBytes, (index + 1) * hashBytes);
    else this.#hashes.write(contentHash, index * hashBytes, hashBytes, 'hex');
    if (contains === undefined && text === undefined && facts === undefined) return;
    this.#extras.push({
      index,
      ...(contains && { contains }),
      ...(text === undefined ? {} : { text }),
      ...(facts && { facts }),
    });
  }

  /** Every column in memory of its own, so that it can be handed to another thread. */
  finish(): EntryTable {
    const count = this.#length;
    return new EntryTable(
      {
        names: new Uint8Array(this.#names.subarray(0, this.#nameEnd)),
        nameEnds: this.#nameEnds.slice(0, 2 * count),
        types: this.#types.slice(0, count),
        modes: this.#modes.slice(0, count),
        ownerOf: this.#ownerOf.slice(0, count),
        owners: Float64Array.from(this.#owners),
        bytes: this.#bytes.slice(0, count),
        hashes: new Uint8Array(this.#hashes.subarray(0, count * hashBytes)),
      },
      this.#extras,
    );
  }

  #addName(n: number, name: string): void {
    const most = 3 * name.length;
    if (this.#nameEnd + most > this.#names.length) this.#growNames(most);
    this.#nameEnd += this.#names.write(name, this.#nameEnd, 'utf8');
    this.#nameEnds[n] = this.#nameEnd;
  }

  #findOwner(uid: number, gid: number): number {
    let ofUser = this.#ownerIndex.get(uid);
    if (ofUser === undefined) {
      ofUser = new Map();
      this.#ownerIndex.set(uid, ofUser);
    }
    const known = ofUser.get(gid);
    if (known !== undefined) return known;
    const index = this.#owners.push(uid, gid) / 2 - 1;
    ofUser.set(gid, index);
    return index;
  }

  #grow(): void {
    const size = this.#types.length * 2;
    this.#nameEnds = copied(this.#nameEnds, new Uint32Array(2 * size));
    this.#types = copied(this.#types, new Uint8Array(size));
    this.#modes = copied(this.#modes, new Uint16Array(size));
    this.#ownerOf = copied(this.#ownerOf, new Uint32Array(size));
    this.#bytes = copied(this.#bytes, new Float64Array(size));
    this.#hashes = copied(this.#hashes, Buffer.allocUnsafeSlow(size * hashBytes));
  }

  #growNames(most: number): void {
    const size = Math.max(this.#names.length * 2, this.#nameEnd + most);
    this.#names = copied(this.#names, Buffer.allocUnsafeSlow(size));
  }
}

function copied<T extends { set: (from: T) => void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
