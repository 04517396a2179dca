import type { Readable } from 'node:stream';
import type { ReadProgress } from './blob-source.ts';
import type { ImageChoice } from './choose-manifest.ts';
import type { Image } from './image.ts';
import { imageOfArchive } from './image-of-archive.ts';
import { readArchive } from './read-archive.ts';
import type { ReadBlob } from './read-blob.ts';

export type ReadStreamOptions = ImageChoice & {
  readonly onProgress?: (read: ReadProgress) => void;
  readonly signal?: AbortSignal;
  /** How what was read of a layer is looked at further: as it is, unless another way is given. */
  readonly readBlob?: ReadBlob;
  /** About how long the stream will be; only for the progress. */
  readonly expectedBytes?: number;
};

/** Reads `docker save` output, old or new flavour, or an OCI layout in a tar, in one pass; everything is verified. */
export async function readDockerSave(stream: Readable, options: ReadStreamOptions = {}): Promise<Image> {
  const { onProgress: _, ...choice } = options;
  return imageOfArchive(await readArchive(abortable(stream, options.signal), progressCounter(options)), choice);
}

async function* abortable(stream: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, undefined> {
  const abort = () => stream.destroy(new Error('aborted'));
  signal?.throwIfAborted();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const chunks: AsyncIterable<Buffer> = stream;
    yield* chunks;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function progressCounter({ onProgress, expectedBytes = 0 }: ReadStreamOptions): (bytes: number) => void {
  let bytes = 0;
  return (more) => {
    bytes += more;
    onProgress?.({ bytes, totalBytes: Math.max(bytes, expectedBytes) });
  };
}
