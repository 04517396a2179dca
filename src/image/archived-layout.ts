import { type Archive, archiveSource, readDocument } from './archive.ts';
import type { Image } from './image.ts';
import { parseJsonBlob } from './json-blob.ts';
import { indexSchema } from './manifest.ts';
import { type ReadOptions, readImage } from './read-image.ts';

/** One image of an OCI layout that was packed into a tar (`type=oci,dest=FILE`). */
export async function archivedLayout(archive: Archive, options: ReadOptions): Promise<Image> {
  const index = await readDocument(archive, 'index.json', 'index.json');
  const { manifests } = parseJsonBlob(index, indexSchema, 'index.json');
  return readImage(archiveSource(archive), manifests, options);
}
