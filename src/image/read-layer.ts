import { createHash } from 'node:crypto';
import { type Compression, sniffCompression } from './compression.ts';
import { decompress } from './decompress.ts';
import { type DiffId, type Digest, diffIdFromHex, digestFromHex } from './digest.ts';
import type { EntryTable } from './entry-table.ts';
import { LayerParser } from './layer-parser.ts';
import { PushbackSource } from './pushback-source.ts';
import { ReadingBounds } from './reading-bounds.ts';
import { boundError } from './tar/tar-error.ts';

/** What reading a layer blob once gives; both digests are computed from what was read. */
export type LayerContent = {
  readonly digest: Digest;
  /** Size of the blob as read, in bytes. */
  readonly blobBytes: number;
  readonly compression: Compression;
  readonly diffId: DiffId;
  /** Size of the uncompressed tar. */
  readonly tarBytes: number;
  readonly unpackedBytes: number;
  readonly entries: EntryTable;
  readonly notes: readonly string[];
};

/**
 * Reads a layer blob to its end, holding no more than a few chunks of it; `name` is for errors.
 * `shared` are the bounds of a whole archive that the blob is a part of.
 */
export async function readLayer(
  blob: AsyncIterable<Buffer>,
  name: string,
  shared?: ReadingBounds,
): Promise<LayerContent> {
  const input = new PushbackSource(blob);
  const compression = sniffCompression(await input.peek(4));
  const blobHash = createHash('sha256');
  const tarHash = createHash('sha256');
  const parser = new LayerParser(name);
  const bounds = shared ?? new ReadingBounds(name);
  let blobBytes = 0;
  let tarBytes = 0;
  const isPlain = compression === 'none';

  async function* counted(): AsyncGenerator<Buffer, void, undefined> {
    for await (const chunk of input.rest()) {
      blobBytes += chunk.length;
      if (!shared) bounds.addRead(chunk.length);
      if (!isPlain) blobHash.update(chunk);
      yield chunk;
    }
  }

  for await (const chunk of decompress(counted(), compression, name)) {
    tarBytes += chunk.length;
    bounds.addUnpacked(chunk.length);
    if (tarBytes > maxTarBytes) throw boundError(name, 'it unpacks to more than 1 TiB');
    tarHash.update(chunk);
    parser.write(chunk);
  }
  const tarHex = tarHash.digest('hex');
  return {
    digest: digestFromHex(isPlain ? tarHex : blobHash.digest('hex')),
    blobBytes,
    compression,
    diffId: diffIdFromHex(tarHex),
    tarBytes,
    ...parser.finish(),
  };
}

const maxTarBytes = 1024 ** 4;
