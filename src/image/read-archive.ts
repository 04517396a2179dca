import { type Archive, type ArchiveFile, createArchive, linkedPath, noDocument, noLayer } from './archive.ts';
import { type ArchiveBlob, BlobReader } from './archive-blobs.ts';
import { sniffCompression } from './compression.ts';
import { decompress } from './decompress.ts';
import { PushbackSource } from './pushback-source.ts';
import { ReadingBounds } from './reading-bounds.ts';
import type { TarEntry } from './tar/tar-entry.ts';
import { archiveBounds, TarScanner } from './tar/tar-scanner.ts';

/** Reads a whole image archive in one pass, layers as they stream by; nothing is written to disk. `onChunk` hears of every chunk's size. */
export async function readArchive(
  stream: AsyncIterable<Buffer>,
  onChunk: (bytes: number) => void,
  bounds: ReadingBounds = new ReadingBounds(name),
): Promise<Archive> {
  const input = new PushbackSource(stream);
  const compression = sniffCompression(await input.peek(4));
  const reading = new ArchiveReading(bounds);
  const scanner = new TarScanner(name, reading, archiveBounds);
  try {
    const counting = (bytes: number) => {
      bounds.addRead(bytes);
      onChunk(bytes);
    };
    for await (const chunk of decompress(counted(input.rest(), counting), compression, name)) {
      bounds.addUnpacked(chunk.length);
      scanner.write(chunk);
      await reading.settle();
    }
    scanner.finish();
  } finally {
    reading.end();
  }
  return reading.finish();
}

const name = 'the image archive';

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onChunk: (bytes: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) {
    onChunk(chunk.length);
    yield chunk;
  }
}

/** Hands the files of the outer tar to their readers. */
class ArchiveReading {
  readonly #results = new Map<string, Promise<ArchiveBlob>>();
  readonly #links = new Map<string, string>();
  readonly #budget = { bytes: maxDocumentBytes };
  readonly #bounds: ReadingBounds;
  #current: BlobReader | null = null;
  #writes: Promise<void>[] = [];
  #unfinished: Promise<ArchiveBlob>[] = [];

  constructor(bounds: ReadingBounds) {
    this.#bounds = bounds;
  }

  begin = (entry: TarEntry): void => {
    if (entry.type === 'file') {
      this.#current = new BlobReader(entry, this.#budget, this.#bounds);
      this.#results.set(entry.path, this.#current.result);
      this.#unfinished.push(this.#current.result);
    }
    const target = linkedPath(entry);
    if (target !== undefined) this.#links.set(entry.path, target);
  };

  body = (chunk: Buffer, start: number, end: number): void => {
    if (this.#current) this.#writes.push(this.#current.write(chunk.subarray(start, end)));
  };

  end = (): void => {
    this.#current?.end();
    this.#current = null;
  };

  /** Waits until the readers have room again; only a few files may be unfinished at once, so that memory stays flat. */
  async settle(): Promise<void> {
    await Promise.all(this.#writes);
    this.#writes = [];
    while (this.#unfinished.length > maxUnfinished) await this.#finishOne();
  }

  async #finishOne(): Promise<void> {
    const blob = await this.#unfinished.shift();
    if (blob?.kind === 'layer') this.#bounds.addEntries(blob.content.entries);
  }

  async finish(): Promise<Archive> {
    while (this.#unfinished.length > 0) await this.#finishOne();
    const found = new Map<string, ArchiveFile>();
    for (const [path, result] of this.#results) found.set(path, streamedFile(await result));
    return createArchive(found, this.#links);
  }
}

const maxUnfinished = 2;
const maxDocumentBytes = 32 * 1024 * 1024;

function streamedFile(blob: ArchiveBlob): ArchiveFile {
  return {
    // Its bytes have passed by already.
    bytes: 0,
    readDocument: async (name) => {
      if (blob.kind === 'small') return blob.bytes;
      if (blob.kind === 'broken') throw blob.error;
      throw noDocument(name, blob.kind === 'large' ? 'larger than 8 MiB' : 'no JSON document');
    },
    layerPlace: async (name) => {
      if (blob.kind === 'layer') return { kind: 'read', content: blob.content };
      if (blob.kind === 'broken') throw blob.error;
      throw noLayer(name, 'no layer');
    },
  };
}
