import { quoted } from '../shown.ts';
import { BodyMap } from './body-map.ts';
import { ExtendedHeaders, isExtendedHeader } from './extended-headers.ts';
import { parseNumericField } from './numeric-field.ts';
import { checkSparseMap, readOldSegments, type SparseMap } from './sparse-map.ts';
import { type EntryShape, shapeEntry, type TarEntry } from './tar-entry.ts';
import { boundError, TarFormatError, tarError } from './tar-error.ts';
import { blockSize, isZeroBlock, parseRawHeader, type RawHeader } from './tar-header.ts';

/** Called in archive order: one `begin`, the stored bytes in any number of slices (valid during the call only), one `end`. */
export type TarHandler = {
  readonly begin: (entry: TarEntry) => void;
  readonly body: (chunk: Buffer, start: number, end: number) => void;
  readonly end: () => void;
};

/** Bounds against hostile archives; hitting one is a UserError. */
export type TarBounds = { readonly entries: number; readonly nameBytes: number; readonly paxBytes: number };

export const defaultTarBounds: TarBounds = { entries: 3_000_000, nameBytes: 65_536, paxBytes: 1_048_576 };

/** The same for an archive of images, whose files are layers and documents. */
export const archiveBounds: TarBounds = { ...defaultTarBounds, entries: 100_000 };

/**
 * Reads a tar in chunks of any size without holding a body: `write` each chunk, then `finish`.
 * Everything after the first end-of-archive marker is ignored. Errors are UserErrors with archive and offset.
 */
export class TarScanner {
  readonly #archive: string;
  readonly #handler: TarHandler;
  readonly #bounds: TarBounds;
  readonly #extended: ExtendedHeaders;
  readonly #block = Buffer.alloc(blockSize);
  #blockFilled = 0;
  #state: 'header' | 'extended' | 'segments' | 'map' | 'body' | 'padding' | 'ended' = 'header';
  /** Offset in the archive of the chunk that is being written, and of the block or extended header that is being read. */
  #base = 0;
  #began = 0;
  #remaining = 0;
  #padding = 0;
  #entries = 0;
  #sawZeroBlock = false;
  #current = '';
  #oldSparse: { readonly header: RawHeader; readonly size: number; map: SparseMap[number][] } | null = null;
  #bodyMap: { readonly shape: EntryShape; readonly map: BodyMap } | null = null;

  constructor(archive: string, handler: TarHandler, bounds: TarBounds = defaultTarBounds) {
    this.#archive = archive;
    this.#handler = handler;
    this.#bounds = bounds;
    this.#extended = new ExtendedHeaders(archive, bounds);
  }

  /** Takes the next chunk; the buffer may be used again afterwards. */
  write(chunk: Buffer): void {
    let at = 0;
    try {
      while (at < chunk.length && this.#state !== 'ended') at = this.#step(chunk, at);
    } catch (error) {
      throw error instanceof TarFormatError ? tarError(this.#archive, this.#began, error.message) : error;
    }
    this.#base += chunk.length;
  }

  /** How much of an entry's body is still to come. */
  get bodyLeft(): number {
    return this.#state === 'body' ? this.#remaining : 0;
  }

  /** Leaves out the body that is being read, and its padding, as far as the archive goes: the caller steps over so many bytes. */
  skipBody(available: number): number {
    if (this.bodyLeft > available) {
      this.#base += available;
      this.#remaining -= available;
      return available;
    }
    const skipped = this.bodyLeft + this.#padding;
    this.#base += skipped;
    this.#remaining = 0;
    this.#padding = 0;
    this.#endEntry();
    return skipped;
  }

  /** Says that no more bytes come. A missing end marker or padding is forgiven, as engines do; an entry that breaks off is not. */
  finish(): void {
    if (this.#state === 'ended' || this.#state === 'padding') return;
    const isBetweenEntries = this.#state === 'header' && this.#blockFilled === 0 && !this.#extended.isPending;
    if (isBetweenEntries) return;
    const relation = this.#state === 'body' || this.#state === 'map' ? 'inside' : 'in a header after';
    const place = this.#current === '' ? 'in its first header' : `${relation} the entry ${quoted(this.#current)}`;
    throw tarError(this.#archive, this.#base, `the tar is cut off ${place}`);
  }

  /** Consumes some of the chunk from `at` on and says where it stopped. */
  #step(chunk: Buffer, at: number): number {
    if (this.#state === 'body') return this.#readBody(chunk, at);
    if (this.#state === 'padding') return this.#skipPadding(chunk, at);
    if (this.#state === 'extended') return this.#readExtended(chunk, at);
    return this.#readBlock(chunk, at);
  }

  #readBody(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#remaining);
    this.#handler.body(chunk, at, end);
    this.#remaining -= end - at;
    if (this.#remaining === 0) this.#endEntry();
    return end;
  }

  #skipPadding(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#padding);
    this.#padding -= end - at;
    if (this.#padding === 0) this.#state = 'header';
    return end;
  }

  #readExtended(chunk: Buffer, at: number): number {
    const end = this.#extended.write(chunk, at);
    if (this.#extended.isComplete) this.#pad(this.#extended.finish());
    return end;
  }

  /** A block that lies whole in the chunk is read in place; only one that is split between chunks is copied. */
  #readBlock(chunk: Buffer, at: number): number {
    if (this.#blockFilled === 0) this.#began = this.#base + at;
    if (this.#blockFilled === 0 && chunk.length - at >= blockSize) {
      this.#takeBlock(chunk, at);
      return at + blockSize;
    }
    const end = Math.min(chunk.length, at + blockSize - this.#blockFilled);
    chunk.copy(this.#block, this.#blockFilled, at, end);
    this.#blockFilled += end - at;
    if (this.#blockFilled === blockSize) {
      this.#blockFilled = 0;
      this.#takeBlock(this.#block, 0);
    }
    return end;
  }

  #takeBlock(block: Buffer, at: number): void {
    if (this.#state === 'segments') this.#takeSegments(block, at);
    else if (this.#state === 'map') this.#takeMapBlock(block, at);
    else if (isZeroBlock(block, at)) this.#takeZeroBlock();
    else this.#takeHeader(block, at);
  }

  #takeZeroBlock(): void {
    if (this.#sawZeroBlock) this.#state = 'ended';
    this.#sawZeroBlock = true;
  }

  #takeHeader(block: Buffer, at: number): void {
    if (this.#sawZeroBlock) throw new TarFormatError('a lone block of zeros stands between two entries');
    const header = parseRawHeader(block, at);
    if (isExtendedHeader(header.flag)) this.#beginExtended(header);
    else if (header.flag === 'S') this.#beginOldSparse(header, block, at);
    else this.#beginEntry(shapeEntry(header, this.#extended.take()));
  }

  #beginExtended(header: RawHeader): void {
    this.#extended.begin(header);
    if (this.#extended.isComplete) this.#pad(this.#extended.finish());
    else this.#state = 'extended';
  }

  #beginOldSparse(header: RawHeader, block: Buffer, at: number): void {
    const size = parseNumericField(block, at + 483, 12);
    // The names are views of the block, and extension blocks may come in a later chunk.
    const kept = { ...header, name: Buffer.from(header.name), linkName: Buffer.from(header.linkName) };
    this.#oldSparse = { header: kept, size, map: [...readOldSegments(block, at + 386, 4)] };
    this.#continueSegments(block[at + 482] !== 0);
  }

  #takeSegments(block: Buffer, at: number): void {
    for (const segment of readOldSegments(block, at, 21)) this.#oldSparse?.map.push(segment);
    this.#continueSegments(block[at + 504] !== 0);
  }

  #continueSegments(isExtended: boolean): void {
    const sparse = this.#oldSparse;
    if (sparse === null) return;
    if (sparse.map.length > maxSegments) throw boundError(this.#archive, 'a sparse file has too many parts');
    if (isExtended) {
      this.#state = 'segments';
      return;
    }
    this.#oldSparse = null;
    const { entry, storedSize } = shapeEntry(sparse.header, this.#extended.take());
    this.#beginBody({ ...entry, size: sparse.size, sparse: sparse.map }, storedSize, storedSize);
  }

  #beginEntry(shape: EntryShape): void {
    this.#current = shape.entry.path;
    if (!shape.sparseInBody) {
      this.#beginBody(shape.entry, shape.storedSize, shape.storedSize);
      return;
    }
    this.#bodyMap = { shape, map: new BodyMap() };
    this.#state = 'map';
  }

  #takeMapBlock(block: Buffer, at: number): void {
    if (this.#bodyMap === null) return;
    const { shape, map } = this.#bodyMap;
    const sparse = map.add(block, at);
    if (map.length > shape.storedSize) throw new TarFormatError('a sparse map is longer than its entry');
    if (map.length > maxMapBytes) throw boundError(this.#archive, 'a sparse file has too many parts');
    if (sparse === null) return;
    this.#bodyMap = null;
    this.#beginBody({ ...shape.entry, sparse }, shape.storedSize - map.length, shape.storedSize);
  }

  /** `remaining` bytes of body follow; `storedSize`, the header's number, decides the padding. */
  #beginBody(entry: TarEntry, remaining: number, storedSize: number): void {
    this.#checkBounds(entry);
    if (entry.sparse) checkSparseMap(entry.sparse, entry.size, remaining);
    this.#current = entry.path;
    this.#handler.begin(entry);
    this.#remaining = remaining;
    this.#padding = paddingOf(storedSize);
    this.#state = 'body';
    if (remaining === 0) this.#endEntry();
  }

  #endEntry(): void {
    this.#handler.end();
    this.#state = this.#padding === 0 ? 'header' : 'padding';
  }

  #pad(size: number): void {
    this.#padding = paddingOf(size);
    this.#state = this.#padding === 0 ? 'header' : 'padding';
  }

  #checkBounds(entry: TarEntry): void {
    this.#entries++;
    const { entries, nameBytes } = this.#bounds;
    if (this.#entries > entries) throw boundError(this.#archive, `it has more than ${entries} entries`);
    // An escaped byte takes four characters of an ImagePath.
    if (entry.path.length > 4 * nameBytes || entry.linkTarget.length > 4 * nameBytes) {
      throw boundError(this.#archive, `a name is longer than ${nameBytes} bytes`);
    }
    if (entry.path.length > maxDepth && entry.path.split('/').length > maxDepth) {
      throw boundError(this.#archive, `a name is more than ${maxDepth} directories deep`);
    }
  }
}

/** What fits into PATH_MAX of Linux. */
const maxDepth = 2048;
const maxSegments = 500_000;
const maxMapBytes = 16 * 1024 * 1024;

function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}
