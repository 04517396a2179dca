import { UserError } from '../user-error.ts';
import type { BlobPlace, BlobSource } from './blob-source.ts';
import { imagePath, parentOf } from './image-path.ts';
import type { TarEntry } from './tar/tar-entry.ts';

/** The files of an image archive, by path. */
export type Archive = {
  readonly find: (path: string) => ArchiveFile | undefined;
  readonly files: readonly ArchiveFile[];
};

/** One file of an archive: a document, or a layer. */
export type ArchiveFile = {
  readonly bytes: number;
  /** The bytes of a document; `name` is for the error (exit 3) when it cannot be one. */
  readonly readDocument: (name: string) => Promise<Buffer>;
  /** Where the bytes of a layer are; the error (exit 3) of a layer that could not be read is thrown here. */
  readonly layerPlace: (name: string) => Promise<BlobPlace>;
};

/** An archive of these files, in which links lead to others, as old `docker save` wrote a layer that it had written already. */
export function createArchive(files: ReadonlyMap<string, ArchiveFile>, links: ReadonlyMap<string, string>): Archive {
  return { find: (path) => findLinked(files, links, path), files: [...files.values()] };
}

/** Where a link of the archive leads; old `docker save` wrote `../<id>/layer.tar`. Undefined for what is no link. */
export function linkedPath({ type, path, linkTarget }: TarEntry): string | undefined {
  if (type === 'symlink') return imagePath(`${parentOf(path)}/${linkTarget}`).path;
  return type === 'hardlink' ? linkTarget : undefined;
}

/** The bytes of a document that must be there; exit 3 with its name where it is not. */
export async function readDocument(archive: Archive, path: string, name: string): Promise<Buffer> {
  const file = archive.find(path);
  if (file === undefined) throw noDocument(name, 'missing');
  return file.readDocument(name);
}

/** What a file is that should have been a document. */
export function noDocument(name: string, problem: string): UserError {
  return new UserError(`Reading the image archive: ${name} is ${problem}`, {
    exitCode: 3,
    hint: 'Save the image again.',
  });
}

/** What a file is that should have been a layer. */
export function noLayer(name: string, problem: string): UserError {
  return new UserError(`Reading the image archive: ${name} is ${problem}`, {
    exitCode: 3,
    hint: 'Save the image again; some Engines (27, 28) leave out layers that images share.',
  });
}

/** The archive as a source of blobs by digest. */
export function archiveSource(archive: Archive): BlobSource {
  return {
    name: 'the image archive',
    readSmall: async ({ digest }) => (await archive.find(blobPath(digest))?.readDocument(digest)) ?? null,
    findBlob: async ({ digest }) => (await archive.find(blobPath(digest))?.layerPlace(digest)) ?? null,
  };
}

/** Where an OCI layout keeps a blob. */
function blobPath(digest: string): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}

function findLinked(
  files: ReadonlyMap<string, ArchiveFile>,
  links: ReadonlyMap<string, string>,
  path: string,
): ArchiveFile | undefined {
  let at: string | undefined = imagePath(path).path;
  for (let hops = 0; at !== undefined && hops < 10; hops++) {
    const file = files.get(at);
    if (file) return file;
    at = links.get(at);
  }
  return undefined;
}
