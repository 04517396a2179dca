import { UserError } from '../user-error.ts';
import type { Archive } from './archive.ts';
import { archivedLayout } from './archived-layout.ts';
import type { Image } from './image.ts';
import type { ReadOptions } from './read-image.ts';
import { savedImage } from './saved-image.ts';

/** The one wanted image of an archive, by the documents that it has: those of `docker save` go first. */
export async function imageOfArchive(archive: Archive, options: ReadOptions): Promise<Image> {
  if (archive.find('manifest.json')) return savedImage(archive, options);
  if (archive.find('index.json')) return archivedLayout(archive, options);
  throw new UserError('Reading the image archive: it has neither a manifest.json nor an index.json', {
    exitCode: 3,
    hint: 'Write one with `docker save` or `docker buildx build --output type=oci,dest=FILE`.',
  });
}
