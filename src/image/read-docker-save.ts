import type { Readable } from 'node:stream';
import { UserError } from '../user-error.ts';
import { archivedLayout } from './archived-layout.ts';
import type { ReadProgress } from './blob-source.ts';
import type { ImageChoice } from './choose-manifest.ts';
import type { Image } from './image.ts';
import { readArchive } from './read-archive.ts';
import { savedImage } from './saved-image.ts';

export type ReadStreamOptions = ImageChoice & {
  readonly onProgress?: (read: ReadProgress) => void;
  readonly signal?: AbortSignal;
  /** About how long the stream will be; only for the progress. */
  readonly expectedBytes?: number;
};

/** Reads `docker save` output, old or new flavour, or an OCI layout in a tar, in one pass; everything is verified. */
export async function readDockerSave(stream: Readable, options: ReadStreamOptions = {}): Promise<Image> {
  const archive = await readArchive(abortable(stream, options.signal), progressCounter(options));
  if (archive.find('manifest.json')) return savedImage(archive, options);
  if (archive.find('index.json')) return archivedLayout(archive, options);
  throw new UserError('Reading the image archive: it has neither a manifest.json nor an index.json', {
    exitCode: 3,
    hint: 'Write one with `docker save` or `docker buildx build --output type=oci,dest=FILE`.',
  });
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
