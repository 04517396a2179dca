import type { EntryTable } from './entry-table.ts';
import type { LayerContent } from './read-layer.ts';
import { boundError } from './tar/tar-error.ts';

/**
 * Holds the work of reading in proportion to what was sent, over all layers of an image: 10 MB of gzip unpack to 10 GB,
 * and a gzip inside a gzip to ten thousand. Files of zeros that a careless build leaves behind must still be weighed.
 */
export class ReadingBounds {
  readonly #name: string;
  readonly #freeBytes: number;
  #read = 0;
  #unpacked = 0;
  #entries = 0;
  #nameBytes = 0;

  /** `name` is what an error says was being read; `freeBytes` may be unpacked from however little. */
  constructor(name: string, freeBytes: number = defaultFreeBytes) {
    this.#name = name;
    this.#freeBytes = freeBytes;
  }

  /** Bytes that came from outside. */
  addRead(bytes: number): void {
    this.#read += bytes;
  }

  /** Bytes that they turned out to be; throws when that is out of proportion. */
  addUnpacked(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked <= this.#freeBytes || this.#unpacked <= maxRatio * this.#read) return;
    throw boundError(this.#name, `it unpacks to more than ${this.#freeBytes} bytes and ${maxRatio} times its size`);
  }

  /** A whole layer, read or remembered. */
  addLayer(content: LayerContent): void {
    this.addRead(content.blobBytes);
    this.addUnpacked(content.tarBytes);
    this.addEntries(content.entries);
  }

  /** What a layer leaves in memory: its entries, and the bytes of their names and link targets. */
  addEntries({ length, nameBytes }: Pick<EntryTable, 'length' | 'nameBytes'>): void {
    this.#entries += length;
    if (this.#entries > maxEntries) throw boundError(this.#name, `its layers hold more than ${maxEntries} entries`);
    this.#nameBytes += nameBytes;
    if (this.#nameBytes > maxNameBytes) throw boundError(this.#name, 'its names take more than 512 MiB');
  }
}

/** Read within a minute, whatever it came from. */
const defaultFreeBytes = 16 * 1024 ** 3;
/** Programs and text pack 3 to 10 times, zeros 1000 times (gzip) and more (zstd). */
const maxRatio = 200;
/** The same as when the layers are applied (tree-bounds.ts). */
const maxEntries = 3_000_000;
const maxNameBytes = 512 * 1024 * 1024;
