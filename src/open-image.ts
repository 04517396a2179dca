import { dockerSave } from './exec/docker-save.ts';
import type { Environment } from './exec/find-program.ts';
import { errorCode } from './image/error-code.ts';
import type { Image } from './image/image.ts';
import { readArchiveFile } from './image/read-archive-file.ts';
import type { ReadBlob } from './image/read-blob.ts';
import { type ReadOptions, readImage } from './image/read-image.ts';
import { readOciLayout } from './image/read-oci-layout.ts';
import type { RegistryImage } from './image/registry/open-registry-image.ts';
import { readSaved } from './read-saved.ts';
import type { ImageSource, Transport } from './settings/image-source.ts';
import { UserError } from './user-error.ts';
import { withLayerReading } from './with-layer-reading.ts';

/** How an image that exists is opened. */
export type OpenOptions = Pick<ReadOptions, 'platform' | 'defaultPlatform' | 'onProgress'> & {
  /** Whether layers are looked up in, and kept in, the layer index. */
  readonly useIndex: boolean;
  /** A registry may be asked without TLS. */
  readonly plainHttp: boolean;
  readonly env: Environment;
};

type Opener = (source: ImageSource, options: OpenOptions & { readonly readBlob: ReadBlob }) => Promise<Image>;

/** Opens an image through its transport; everything is read and verified. */
export async function openImage(source: ImageSource, options: OpenOptions): Promise<Image> {
  try {
    return await withLayerReading(options, (readBlob) => openers[source.transport](source, { ...options, readBlob }));
  } catch (error) {
    throw explain(error, source);
  }
}

/**
 * Begins to open an image: of one in a registry the manifest is fetched, and its layers only when the given function is
 * called. Both throw as `openImage` does.
 */
export async function beginImage(source: ImageSource, options: OpenOptions): Promise<() => Promise<Image>> {
  if (source.transport !== 'docker') return () => openImage(source, options);
  const { source: blobs, roots } = await connectRegistry(source, options);
  return () =>
    withLayerReading(options, (readBlob) => readImage(blobs, roots, readOptions(source, { ...options, readBlob })));
}

/** A file that cannot be read is nobody's bug. */
function explain(error: unknown, { written }: ImageSource): unknown {
  if (error instanceof UserError || errorCode(error) === '') return error;
  return new UserError(`Reading ${written}: ${error instanceof Error ? error.message : String(error)}`, {
    exitCode: 3,
    hint: 'Check that its files are all there and that you may read them.',
    cause: error,
  });
}

const openers: Readonly<Record<Transport, Opener>> = {
  oci: (source, options) => readOciLayout(source.place, readOptions(source, options)),
  'oci-archive': (source, options) => readArchiveFile(source.place, readOptions(source, options)),
  'docker-archive': (source, options) => readArchiveFile(source.place, readOptions(source, options)),
  'docker-daemon': (source, options) => readSaved(dockerSave(source.place, options.env), readOptions(source, options)),
  docker: openFromRegistry,
};

async function openFromRegistry(from: ImageSource, options: Parameters<Opener>[1]): Promise<Image> {
  const { source, roots } = await connectRegistry(from, options);
  return readImage(source, roots, readOptions(from, options));
}

async function connectRegistry({ place }: ImageSource, { plainHttp, env }: OpenOptions): Promise<RegistryImage> {
  const { openRegistryImage } = await import('./image/registry/open-registry-image.ts');
  const { registryEffects } = await import('./network/registry-effects.ts');
  return openRegistryImage(place, registryEffects(env), { plainHttp });
}

function readOptions({ tag }: ImageSource, options: Parameters<Opener>[1]): ReadOptions {
  const { platform, defaultPlatform, onProgress, readBlob } = options;
  return { platform, defaultPlatform, readBlob, tag, ...(onProgress && { onProgress }) };
}
