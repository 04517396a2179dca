import type { DocumentSource } from '../blob-source.ts';
import type { Digest } from '../digest.ts';
import type { Descriptor } from '../manifest.ts';

type ReadSmall = DocumentSource['readSmall'];

/** Asks for each document once, as long as the remembered ones fit into a bound: a hostile index may list thousands of large ones. */
export function rememberSmall(readSmall: ReadSmall, known: readonly [Digest, Buffer]): ReadSmall {
  const documents = new Map<Digest, Buffer | null>([known]);
  let room = maxBytes;
  return async (descriptor: Descriptor) => {
    const remembered = documents.get(descriptor.digest);
    if (remembered !== undefined) return remembered;
    const bytes = await readSmall(descriptor);
    const cost = bytes?.length ?? 0;
    if (cost <= room) {
      room -= cost;
      documents.set(descriptor.digest, bytes);
    }
    return bytes;
  };
}

const maxBytes = 16 * 1024 * 1024;
