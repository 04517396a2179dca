import { createReadStream } from 'node:fs';
import type { Image } from './image.ts';
import { imageOfArchive } from './image-of-archive.ts';
import { openArchive } from './open-archive.ts';
import { readDockerSave } from './read-docker-save.ts';
import type { ReadOptions } from './read-image.ts';

/** Reads one image of an archive in a file: `docker save` output, old or new flavour, or an OCI layout in a tar; plain or gzip. */
export async function readArchiveFile(path: string, options: ReadOptions = {}): Promise<Image> {
  const archive = await openArchive(path);
  if (archive !== null) return imageOfArchive(archive, options);
  return readDockerSave(createReadStream(path, { highWaterMark: 256 * 1024 }), options);
}
