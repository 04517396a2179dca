import { createHash } from 'node:crypto';
import { Channel } from './channel.ts';
import { sniffCompression } from './compression.ts';
import { type Digest, digestFromHex } from './digest.ts';
import { maxJsonBytes } from './json-blob.ts';
import { PushbackSource } from './pushback-source.ts';
import { type LayerContent, readLayer } from './read-layer.ts';
import type { ReadingBounds } from './reading-bounds.ts';
import { brief } from './shown.ts';
import type { TarEntry } from './tar/tar-entry.ts';

/** One file of an archive as it streamed by. A layer that could not be read is an error only if the image has it. */
export type ArchiveBlob =
  | { readonly kind: 'small'; readonly bytes: Buffer }
  | { readonly kind: 'large'; readonly digest: Digest; readonly bytes: number }
  | { readonly kind: 'layer'; readonly content: LayerContent }
  | { readonly kind: 'broken'; readonly error: unknown };

/** Reads one file of the archive: documents are kept within a bound, anything else is taken for a layer and never held. */
export class BlobReader {
  readonly result: Promise<ArchiveBlob>;
  readonly #channel = new Channel();

  constructor(entry: TarEntry, budget: DocumentBudget, bounds: ReadingBounds) {
    this.result = readBlob(this.#channel.chunks(), { entry, budget, bounds }).catch((error: unknown) => ({
      kind: 'broken',
      error,
    }));
  }

  /** Resolves when there is room for more. */
  write(chunk: Buffer): Promise<void> {
    return this.#channel.push(chunk);
  }

  end(): void {
    this.#channel.close();
  }
}

/** How many bytes of documents one archive may still keep in memory. */
export type DocumentBudget = { bytes: number };

type BlobRequest = { readonly entry: TarEntry; readonly budget: DocumentBudget; readonly bounds: ReadingBounds };

async function readBlob(chunks: AsyncIterable<Buffer>, { entry, budget, bounds }: BlobRequest): Promise<ArchiveBlob> {
  const input = new PushbackSource(chunks);
  const head = await input.peek(512);
  if (!isDocument(head))
    return { kind: 'layer', content: await readLayer(input.rest(), `the layer ${brief(entry.path)}`, bounds) };
  if (entry.size > maxJsonBytes || entry.size > budget.bytes) return hashOnly(input.rest());
  budget.bytes -= entry.size;
  const kept: Buffer[] = [];
  for await (const chunk of input.rest()) kept.push(Buffer.from(chunk));
  return { kind: 'small', bytes: Buffer.concat(kept) };
}

/** True for a document, false for a layer. A whole tar is never shorter than a block. JSON begins with a brace or bracket; so may the first name in a tar, but then the block says that it is one. */
export function isDocument(head: Buffer): boolean {
  if (head.length === 0 || sniffCompression(head) !== 'none') return false;
  if (head.length < 512) return true;
  const isTar = head.toString('latin1', 257, 262) === 'ustar';
  return !isTar && /^\s*[[{]/.test(head.toString('latin1', 0, 64));
}

async function hashOnly(chunks: AsyncIterable<Buffer>): Promise<ArchiveBlob> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { kind: 'large', digest: digestFromHex(hash.digest('hex')), bytes };
}
