import { type FileHandle, open } from 'node:fs/promises';
import { type Archive, type ArchiveFile, createArchive, linkedPath, noDocument, noLayer } from './archive.ts';
import { isDocument } from './archive-blobs.ts';
import { sniffCompression } from './compression.ts';
import { maxJsonBytes } from './json-blob.ts';
import type { TarEntry } from './tar/tar-entry.ts';
import { blockSize } from './tar/tar-header.ts';
import { archiveBounds, TarScanner } from './tar/tar-scanner.ts';

/**
 * Lists the files of a plain archive by its headers alone, stepping over what is in them, so that each can be read where
 * it lies and side by side. Null for what has to be read from end to end: compressed, no regular file, or sparse.
 */
export async function openArchive(path: string): Promise<Archive | null> {
  const handle = await open(path);
  try {
    const stats = await handle.stat();
    return stats.isFile() ? await listFiles(new BlockReader(handle, stats.size), path) : null;
  } finally {
    await handle.close();
  }
}

async function listFiles(blocks: BlockReader, path: string): Promise<Archive | null> {
  const files = new Map<string, ArchiveFile>();
  const links = new Map<string, string>();
  const listing = new Listing();
  const scanner = new TarScanner('the image archive', listing, archiveBounds);
  for (let block = await blocks.next(); block !== null; block = await blocks.next()) {
    if (blocks.position === block.length && sniffCompression(block) !== 'none') return null;
    scanner.write(block);
    const entry = listing.take();
    if (entry === null) continue;
    if (entry.sparse !== null) return null;
    const target = linkedPath(entry);
    if (target !== undefined) links.set(entry.path, target);
    if (entry.type === 'file') files.set(entry.path, fileAt(path, blocks.position, entry.size));
    if (scanner.bodyLeft > 0) blocks.skip(scanner.skipBody(blocks.size - blocks.position));
  }
  scanner.finish();
  return createArchive(files, links);
}

class Listing {
  #begun: TarEntry | null = null;

  readonly begin = (entry: TarEntry): void => {
    this.#begun = entry;
  };
  readonly body = (): void => {};
  readonly end = (): void => {};

  take(): TarEntry | null {
    const begun = this.#begun;
    this.#begun = null;
    return begun;
  }
}

function fileAt(path: string, start: number, bytes: number): ArchiveFile {
  return {
    bytes,
    layerPlace: async (name) => {
      if (isDocument(await readRange(path, start, Math.min(bytes, blockSize)))) throw noLayer(name, 'no layer');
      return { kind: 'file', path, start, bytes };
    },
    readDocument: async (name) => {
      if (bytes > maxJsonBytes) throw noDocument(name, 'larger than 8 MiB');
      return readRange(path, start, bytes);
    },
  };
}

async function readRange(path: string, start: number, bytes: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A file in blocks of a tar; the last may be shorter. */
class BlockReader {
  readonly size: number;
  /** Offset of the first byte behind the last block. */
  position = 0;
  readonly #handle: FileHandle;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  async next(): Promise<Buffer | null> {
    let at = this.position - this.#windowStart;
    if (at + blockSize > this.#window.length) {
      await this.#load();
      at = 0;
    }
    const block = this.#window.subarray(at, at + blockSize);
    if (block.length === 0) return null;
    this.position += block.length;
    return block;
  }

  skip(bytes: number): void {
    this.position += bytes;
  }

  async #load(): Promise<void> {
    const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(windowBytes), 0, windowBytes, this.position);
    this.#window = buffer.subarray(0, bytesRead);
    this.#windowStart = this.position;
  }
}

/** Enough for the documents and headers that stand together. */
const windowBytes = 16_384;
