import { createReadStream } from 'node:fs';
import type { Image } from './image.ts';
import { readDockerSave } from './read-docker-save.ts';
import type { ReadOptions } from './read-image.ts';

/** Reads one image of an archive in a file: `docker save` output, old or new flavour, or an OCI layout in a tar; plain or gzip. */
export function readArchiveFile(path: string, options: ReadOptions = {}): Promise<Image> {
  return readDockerSave(createReadStream(path, { highWaterMark: 256 * 1024 }), options);
}
