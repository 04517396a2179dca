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
  const feed = new Feed(input, stream);
  const failures: unknown[] = [];
  // A failure of the source ends the output, and is seen there.
  const fed = feed.run().catch((error: unknown) => {
    failures.push(error);
    stream.destroy();
  });
  try {
    for await (const chunk of stream) yield chunk;
    await fed;
    feed.giveBack();
  } catch (error) {
    throw failures.length === 0 ? explained(error, name) : failures[0];
  } finally {
    stream.destroy();
    await fed;
  }
}

type Counted = { readonly bytesWritten: number };

/** Writes input into a zlib stream and remembers what the stream has not consumed. */
class Feed {
  readonly #input: PushbackSource;
  readonly #stream: Transform & Counted;
  #inFlight: Buffer[] = [];
  #consumed = 0;

  constructor(input: PushbackSource, stream: Transform & Counted) {
    this.#input = input;
    this.#stream = stream;
  }

  async run(): Promise<void> {
    const stream = this.#stream;
    while (!stream.readableEnded && !stream.destroyed) {
      const chunk = await this.#input.next();
      if (chunk === null) {
        stream.end();
        return;
      }
      this.#inFlight.push(chunk);
      if (stream.readableEnded || stream.destroyed) return;
      const isFull = !stream.write(chunk, () => {
        this.#inFlight.shift();
        this.#consumed += chunk.length;
      });
      if (isFull) await drained(stream);
    }
  }

  /** A zlib stream stops at the end of its frame: what it left belongs to the next one. */
  giveBack(): void {
    const left = Buffer.concat(this.#inFlight).subarray(this.#stream.bytesWritten - this.#consumed);
    if (left.length > 0) this.#input.unread(left);
  }
}

/** Resolves when the stream takes input again, or never will. */
function drained(stream: Transform): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      for (const event of settlingEvents) stream.off(event, settle);
      resolve();
    };
    for (const event of settlingEvents) stream.on(event, settle);
  });
}

const settlingEvents = ['drain', 'end', 'close'];

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
  const detail = error instanceof Error ? ` (${error.message})` : '';
  return new UserError(`Reading ${name}: its compressed data is damaged or cut off${detail}`, {
    exitCode: 3,
    hint: 'Build or save the image again.',
    cause: error,
  });
}
