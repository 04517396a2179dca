import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { UserError } from '../user-error.ts';
import type { Compression } from './compression.ts';
import { errorCode } from './error-code.ts';
import { PushbackSource } from './pushback-source.ts';

/** Yields the uncompressed bytes; gzip members and zstd frames may follow one another. `source` is always read to its end. */
export async function* decompress(
  source: AsyncIterable<Buffer>,
  compression: Compression,
  name: string,
): AsyncGenerator<Buffer, void, undefined> {
  if (compression === 'none') {
    yield* source;
    return;
  }
  const input = new PushbackSource(source);
  try {
    do yield* decompressPart(input, openDecompressor(compression, name), name);
    while (compression === 'zstd' && (await input.hasMore()));
    // Behind the last gzip member stand at most zeros (padding); they still belong to the blob's digest.
    while (await input.hasMore()) await input.next();
  } finally {
    await input.close();
  }
}

/** One zlib stream. Its input is pumped in beside, so that inflating (on another thread) and reading the output overlap. */
async function* decompressPart(
  input: PushbackSource,
  stream: Transform & Counted,
  name: string,
): AsyncGenerator<Buffer> {
  const failures: unknown[] = [];
  // A failure of the source ends the output, and is seen there.
  const fed = feed(input, stream).catch((error: unknown) => {
    failures.push(error);
    stream.destroy();
  });
  try {
    for await (const chunk of stream) {
      yield chunk;
      await nextTurn();
    }
  } catch (error) {
    throw failures.length === 0 ? explained(error, name) : failures[0];
  } finally {
    stream.destroy();
    await fed;
  }
}

/** Reading what waits already takes no turn of the event loop, and without one zlib is not told to go on meanwhile. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

type Counted = { readonly bytesWritten: number };

/** Writes input until the stream has enough: it stops at the end of a frame, and what it left is given back. */
async function feed(input: PushbackSource, stream: Transform & Counted): Promise<void> {
  let fed = 0;
  while (!stream.destroyed) {
    const chunk = await input.next();
    if (chunk === null) {
      stream.end();
      return;
    }
    fed += chunk.length;
    // One at a time: bytes queued behind the end of a frame would be lost.
    await written(stream, chunk);
    const left = fed - stream.bytesWritten;
    if (left === 0) continue;
    input.unread(chunk.subarray(chunk.length - left));
    return;
  }
}

/** Resolves when the chunk was consumed, or never will be. */
function written(stream: Transform, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      stream.off('close', settle);
      resolve();
    };
    stream.on('close', settle);
    stream.write(chunk, settle);
  });
}

const chunkSize = 256 * 1024;

// In object mode the chunks come out as zlib made them; in byte mode a reader gets them copied together.
const options = { chunkSize, readableObjectMode: true, readableHighWaterMark: 4, writableHighWaterMark: chunkSize };

function openDecompressor(compression: 'gzip' | 'zstd', name: string): Transform & Counted {
  if (compression === 'gzip') return zlib.createGunzip(options);
  const zlibNow: unknown = zlib;
  if (hasZstd(zlibNow)) return zlibNow.createZstdDecompress({ ...options, chunkSize: 65_536 });
  throw new UserError(`Reading ${name}: it is compressed with zstd, which Node ${process.versions.node} cannot read`, {
    exitCode: 3,
    hint: 'Run with Node 22.15 or newer, or build the image with gzip layers.',
  });
}

type Zstd = { readonly createZstdDecompress: (options: object) => Transform & Counted };

function hasZstd(module: unknown): module is Zstd {
  return typeof module === 'object' && module !== null && 'createZstdDecompress' in module;
}

function explained(error: unknown, name: string): unknown {
  if (!/^(?:Z_|ZSTD_)/.test(errorCode(error))) return error;
  return new UserError(`Reading ${name}: its compressed data is damaged or cut off (${errorCode(error)})`, {
    exitCode: 3,
    hint: 'Build or save the image again.',
    cause: error,
  });
}
