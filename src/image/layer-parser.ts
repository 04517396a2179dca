import { ContentHash, hashWhole } from './content-hash.ts';
import type { EntryTable } from './entry-table.ts';
import { EntryTableBuilder } from './entry-table-builder.ts';
import { scanByContent, scanByName } from './facts/content-facts.ts';
import { FactBudget } from './facts/fact-budget.ts';
import type { FactScan } from './facts/fact-scan.ts';
import type { LayerEntry } from './image.ts';
import { baseNameOf, parentOf } from './image-path.ts';
import { MultiCallScan } from './multi-call-scan.ts';
import type { TarEntry } from './tar/tar-entry.ts';
import { boundError } from './tar/tar-error.ts';
import { defaultTarBounds, type TarBounds, TarScanner } from './tar/tar-scanner.ts';

/** What a layer's tar holds: entries in tar order, and the sum of the logical sizes of its regular files. */
export type ParsedLayer = {
  readonly entries: EntryTable;
  readonly unpackedBytes: number;
  /** What was odd, without the name: the same blob may stand elsewhere under another. */
  readonly notes: readonly string[];
};

/** Turns the bytes of a layer's tar into entries as they stream by; `name` is for errors. */
export class LayerParser {
  readonly #name: string;
  readonly #scanner: TarScanner;
  readonly #entries = new EntryTableBuilder();
  readonly #facts = new FactBudget();
  #unpackedBytes = 0;
  #nameChars = 0;
  #textBytes = 0;
  #holeBudget = maxHoleBytes;
  #climbed = 0;
  #strange = 0;
  #refusable = 0;
  #file: FileContent | null = null;

  constructor(name: string, bounds: TarBounds = defaultTarBounds) {
    this.#name = name;
    this.#scanner = new TarScanner(
      name,
      {
        begin: (entry) => this.#begin(entry),
        body: (chunk, start, end) => this.#file?.update(chunk.subarray(start, end)),
        end: () => this.#end(),
      },
      bounds,
    );
  }

  /** Takes the next chunk of the uncompressed tar; the buffer may be used again afterwards. */
  write(chunk: Buffer): void {
    this.#scanner.write(chunk);
  }

  /** Everything read; throws a UserError when the tar was cut off. */
  finish(): ParsedLayer {
    this.#scanner.finish();
    return { entries: this.#entries.finish(), unpackedBytes: this.#unpackedBytes, notes: this.#notes() };
  }

  #begin(entry: TarEntry): void {
    if (entry.climbed) this.#climbed++;
    if (entry.flag === 'S' || entry.flag === '7') this.#refusable++;
    this.#nameChars += entry.path.length + entry.linkTarget.length;
    if (this.#nameChars > maxNameChars) throw boundError(this.#name, 'its names take more than 512 MiB');
    const whiteout = whiteoutOf(entry);
    if (whiteout === 'reserved' || entry.type === 'other') this.#strange++;
    else if (whiteout !== null) this.#entries.add(whiteout);
    else if (entry.type === 'file') this.#beginFile(entry);
    else this.#entries.add(plainEntry(entry, entry.type));
  }

  #beginFile(entry: TarEntry): void {
    this.#unpackedBytes += entry.size;
    if (!Number.isSafeInteger(this.#unpackedBytes))
      throw boundError(this.#name, 'its files claim more bytes than can be counted');
    const keepsText = textNames.has(baseNameOf(entry.path)) && this.#textBytes + entry.size <= maxTextBytes;
    if (keepsText) this.#textBytes += entry.size;
    const expandsHoles = this.#spendHoles(entry);
    this.#file = new FileContent(entry, { keepsText, expandsHoles, budget: this.#facts });
  }

  /** A header can claim petabytes of hole, and all of them would be hashed: a layer may spend so much and no more. */
  #spendHoles({ size, sparse }: TarEntry): boolean {
    if (sparse === null) return true;
    const hole = size - sparse.reduce((sum, segment) => sum + segment.length, 0);
    if (hole > this.#holeBudget) return false;
    this.#holeBudget -= hole;
    return true;
  }

  #end(): void {
    if (this.#file !== null) this.#entries.add(this.#file.finish());
    this.#file = null;
  }

  #notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#climbed > 0) notes.push(`${this.#climbed} names climb above the root with ".." and were clamped to it`);
    if (this.#strange > 0) notes.push(`${this.#strange} entries of an unknown type or reserved name were left out`);
    if (this.#refusable > 0)
      notes.push(`${this.#refusable} files are sparse or contiguous in a form that engines refuse to unpack`);
    if (this.#facts.refused > 0)
      notes.push(`${this.#facts.refused} files say more of packages and binaries than is kept of one layer`);
    return notes;
  }
}

type ContentOptions = { readonly keepsText: boolean; readonly expandsHoles: boolean; readonly budget: FactBudget };

/** The content of one regular file while it streams by: its hash and what the profile needs of it. */
class FileContent {
  readonly #entry: TarEntry;
  readonly #scan: MultiCallScan | null;
  readonly #text: Buffer[] | null;
  readonly #expandsHoles: boolean;
  readonly #budget: FactBudget;
  /** Undefined until the first bytes were seen, null when they are nothing to look at. */
  #facts: FactScan | null | undefined;
  #hash: ContentHash | null = null;
  #contentHash: string | null = null;

  constructor(entry: TarEntry, { keepsText, expandsHoles, budget }: ContentOptions) {
    this.#entry = entry;
    this.#expandsHoles = expandsHoles;
    this.#budget = budget;
    // The stored bytes of a sparse file are not its content.
    this.#facts = entry.sparse === null ? scanByName(entry, budget) : null;
    this.#scan = (entry.mode & 0o111) !== 0 ? new MultiCallScan() : null;
    this.#text = keepsText && entry.size <= maxTextFile && entry.sparse === null ? [] : null;
  }

  update(slice: Buffer): void {
    const { size, sparse } = this.#entry;
    if (slice.length === size && sparse === null) this.#contentHash = hashWhole(slice);
    else this.#openHash().update(slice);
    this.#scan?.update(slice);
    this.#text?.push(Buffer.from(slice));
    if (this.#facts === undefined) this.#facts = scanByContent(this.#entry, slice);
    this.#facts?.update(slice);
  }

  finish(): LayerEntry {
    const { path, mode, uid, gid, size } = this.#entry;
    const contains = this.#scan?.result;
    const facts = this.#budget.take(this.#facts?.finish());
    return {
      path,
      type: 'file',
      mode,
      uid,
      gid,
      bytes: size,
      contentHash: this.#contentHash ?? this.#openHash().digest(),
      ...(contains === undefined ? {} : { contains }),
      ...(facts === undefined ? {} : { facts }),
      ...(this.#text === null ? {} : { text: Buffer.concat(this.#text).toString('utf8') }),
    };
  }

  #openHash(): ContentHash {
    this.#hash ??= new ContentHash(this.#entry.size, this.#entry.sparse, this.#expandsHoles);
    return this.#hash;
  }
}

/** A whiteout entry by name (image-spec, layer.md) or by overlayfs's null device; null for what is none. */
function whiteoutOf(entry: TarEntry): LayerEntry | 'reserved' | null {
  if (entry.type === 'char' && entry.isNullDevice) return plainEntry(entry, 'whiteout');
  const base = baseNameOf(entry.path);
  if (!base.startsWith(whiteoutPrefix)) return null;
  const parent = parentOf(entry.path);
  if (base === opaqueName) return { ...plainEntry(entry, 'opaque'), path: parent };
  const hidden = base.slice(whiteoutPrefix.length);
  if (hidden === '' || hidden === '.' || hidden === '..') return 'reserved';
  return { ...plainEntry(entry, 'whiteout'), path: parent === '' ? hidden : `${parent}/${hidden}` };
}

const whiteoutPrefix = '.wh.';
const opaqueName = '.wh..wh..opq';

function plainEntry(entry: TarEntry, type: LayerEntry['type']): LayerEntry {
  const { path, mode, uid, gid, linkTarget } = entry;
  const hasTarget = type === 'hardlink' || type === 'symlink';
  return hasTarget ? { path, type, mode, uid, gid, bytes: 0, linkTarget } : { path, type, mode, uid, gid, bytes: 0 };
}

const textNames = new Set(['passwd', 'group', 'os-release']);
const maxTextFile = 1024 * 1024;
const maxTextBytes = 16 * 1024 * 1024;
const maxHoleBytes = 64 * 1024 ** 2;
const maxNameChars = 512 * 1024 * 1024;
