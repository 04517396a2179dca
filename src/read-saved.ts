import type { SavedImage } from './exec/docker-save.ts';
import type { Image } from './image/image.ts';
import { type ReadStreamOptions, readDockerSave } from './image/read-docker-save.ts';

/** Reads the image that `docker save` streams, and waits for docker's end; nothing of it is kept on disk. */
export async function readSaved({ stream, done }: SavedImage, options: ReadStreamOptions): Promise<Image> {
  const image = readDockerSave(stream, options);
  // docker's own word goes before the complaint about the stream that it broke off.
  await Promise.allSettled([image]);
  stream.destroy();
  await done;
  return image;
}
