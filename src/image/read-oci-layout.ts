import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import type { BlobSource } from './blob-source.ts';
import { errorCode } from './error-code.ts';
import type { Image } from './image.ts';
import { maxJsonBytes, parseJsonBlob } from './json-blob.ts';
import { type Descriptor, indexSchema } from './manifest.ts';
import { type ReadOptions, readImage } from './read-image.ts';

/** Reads one image of an OCI layout folder (image-spec, image-layout.md); everything is verified. */
export async function readOciLayout(directory: string, options: ReadOptions = {}): Promise<Image> {
  const source = folderSource(directory);
  const { manifests } = parseJsonBlob(await readIndex(directory), indexSchema, `the index.json of ${source.name}`);
  return readImage(source, manifests, options);
}

function folderSource(directory: string): BlobSource {
  return {
    name: `the OCI layout ${directory}`,
    readSmall: (descriptor) => readSmallFile(blobPath(directory, descriptor), descriptor.digest),
    findBlob: async (descriptor) => {
      const path = blobPath(directory, descriptor);
      const bytes = await fileSize(path);
      return bytes === null ? null : { kind: 'file', path, start: 0, bytes };
    },
  };
}

function blobPath(directory: string, { digest }: Pick<Descriptor, 'digest'>): string {
  return join(directory, 'blobs', 'sha256', digest.slice('sha256:'.length));
}

async function readIndex(directory: string): Promise<Buffer> {
  const bytes = await readSmallFile(join(directory, 'index.json'), 'index.json');
  if (bytes !== null) return bytes;
  throw new UserError(`${directory} is not an OCI layout: it has no index.json`, {
    exitCode: 3,
    hint: 'Write one with `docker buildx build --output type=oci,tar=false,dest=DIR`.',
  });
}

async function readSmallFile(path: string, name: string): Promise<Buffer | null> {
  const bytes = await fileSize(path);
  if (bytes === null) return null;
  if (bytes > maxJsonBytes)
    throw new UserError(`Reading ${name}: it is larger than ${maxJsonBytes} bytes`, { exitCode: 3 });
  return readFile(path);
}

/** Null for what is not there or no regular file: a pipe in its place would never end. */
async function fileSize(path: string): Promise<number | null> {
  const found = await stat(path).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return null;
    throw error;
  });
  return found?.isFile() ? found.size : null;
}
