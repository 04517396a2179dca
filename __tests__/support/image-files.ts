import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { configOf, type ImageOverrides, type LayerSpec, layerTar, sha256 } from './image-builder.ts';
import { type TarRecord, tar } from './tar-writer.ts';

/** A blob with its media type; `layers` may be given as blobs when a test wants odd ones. */
export type Blob = { readonly mediaType: string; readonly bytes: Buffer; readonly diffId?: string };

export type LayoutOptions = ImageOverrides & {
  readonly compress?: 'gzip' | 'none';
  readonly family?: 'oci' | 'docker';
  readonly tag?: string;
};

/** Everything that one image puts into a layout. */
export type Layout = {
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly descriptor: Record<string, unknown>;
  readonly configDigest: string;
  readonly layerDigests: readonly string[];
};

const mediaTypes = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    none: 'application/vnd.oci.image.layer.v1.tar',
    gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    none: 'application/vnd.docker.image.rootfs.diff.tar',
    gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const;

/** A layer as a blob of its own. */
export function layerBlob(spec: LayerSpec, { compress = 'gzip', family = 'oci' }: LayoutOptions = {}): Blob {
  const bytes = layerTar(spec);
  return {
    mediaType: mediaTypes[family][compress],
    bytes: compress === 'gzip' ? gzipSync(bytes) : bytes,
    diffId: `sha256:${sha256(bytes)}`,
  };
}

/** The blobs of one image, not yet in any folder or archive. */
export function layoutOf(layers: readonly (LayerSpec | Blob)[], options: LayoutOptions = {}): Layout {
  const types = mediaTypes[options.family ?? 'oci'];
  const blobs = new Map<string, Buffer>();
  const add = (mediaType: string, bytes: Buffer) => {
    const digest = `sha256:${sha256(bytes)}`;
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const ready = layers.map((each) => ('bytes' in each ? each : layerBlob(each, options)));
  const descriptors = ready.map(({ mediaType, bytes }) => add(mediaType, bytes));
  const config = add(
    types.config,
    configOf(
      options,
      ready.map(({ bytes, diffId }) => diffId ?? `sha256:${sha256(bytes)}`),
    ),
  );
  const manifest = add(
    types.manifest,
    json({ schemaVersion: 2, mediaType: types.manifest, config, layers: descriptors }),
  );
  const [os, architecture, variant] = (options.platform ?? 'linux/amd64').split('/');
  const annotations = options.tag ? { 'org.opencontainers.image.ref.name': options.tag } : undefined;
  return {
    blobs,
    descriptor: { ...manifest, platform: { os, architecture, variant }, annotations },
    configDigest: config.digest,
    layerDigests: descriptors.map(({ digest }) => digest),
  };
}

/** Adds a document as a blob and gives its descriptor. */
export function addBlob(blobs: Map<string, Buffer>, mediaType: string, value: unknown): Record<string, unknown> {
  const bytes = json(value);
  const digest = `sha256:${sha256(bytes)}`;
  blobs.set(digest, bytes);
  return { mediaType, digest, size: bytes.length };
}

/** Writes an OCI layout folder with these blobs under these top-level descriptors. */
export async function writeLayout(
  directory: string,
  blobs: ReadonlyMap<string, Buffer>,
  manifests: readonly Record<string, unknown>[],
): Promise<void> {
  await mkdir(join(directory, 'blobs', 'sha256'), { recursive: true });
  for (const [digest, bytes] of blobs) await writeFile(join(directory, 'blobs', digest.replace(':', '/')), bytes);
  await writeFile(join(directory, 'index.json'), json({ schemaVersion: 2, manifests }));
  await writeFile(join(directory, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
}

/** A real OCI layout folder of one image, as `docker buildx build --output type=oci,tar=false` writes it. */
export async function ociLayout(
  directory: string,
  layers: readonly (LayerSpec | Blob)[],
  options: LayoutOptions = {},
): Promise<Layout> {
  const layout = layoutOf(layers, options);
  await writeLayout(directory, layout.blobs, [layout.descriptor]);
  return layout;
}

/** An OCI layout in a tar, blobs first, as `type=oci,dest=FILE` writes it. */
export function ociArchive(layers: readonly (LayerSpec | Blob)[], options: LayoutOptions = {}): Buffer {
  const layout = layoutOf(layers, options);
  return tar([
    ...blobRecords(layout.blobs),
    documentRecord('index.json', { schemaVersion: 2, manifests: [layout.descriptor] }),
  ]);
}

/** `docker save` since Docker 25: an OCI layout with manifest.json at the end. The classic store keeps layers plain. */
export function dockerSave(layers: readonly (LayerSpec | Blob)[], options: LayoutOptions = {}): Buffer {
  const layout = layoutOf(layers, { compress: 'none', ...options });
  const path = (digest: string) => `blobs/${digest.replace(':', '/')}`;
  const saved = {
    Config: path(layout.configDigest),
    RepoTags: [options.tag ?? 'app:latest'],
    Layers: layout.layerDigests.map(path),
  };
  return tar([
    { name: 'blobs/', flag: '5' },
    { name: 'blobs/sha256/', flag: '5' },
    ...blobRecords(layout.blobs),
    documentRecord('index.json', { schemaVersion: 2, manifests: [layout.descriptor] }),
    documentRecord('manifest.json', [saved]),
    documentRecord('oci-layout', { imageLayoutVersion: '1.0.0' }),
  ]);
}

/** `docker save` before Docker 25: a folder a layer, a repeated layer as a symlink to the first. */
export function oldDockerSave(layers: readonly LayerSpec[], options: LayoutOptions = {}): Buffer {
  const tars = layers.map(layerTar);
  const config = configOf(
    options,
    tars.map((bytes) => `sha256:${sha256(bytes)}`),
  );
  const ids = tars.map((bytes, position) => sha256(`${position}:${sha256(bytes)}`));
  const firstOf = (bytes: Buffer) => ids[tars.findIndex((other) => other.equals(bytes))] ?? '';
  const records = tars.flatMap((bytes, position): TarRecord[] => {
    const id = ids[position] ?? '';
    const first = firstOf(bytes);
    const content: TarRecord =
      first === id
        ? { name: `${id}/layer.tar`, body: bytes }
        : { name: `${id}/layer.tar`, flag: '2', linkName: `../${first}/layer.tar` };
    return [
      { name: `${id}/`, flag: '5' },
      { name: `${id}/VERSION`, body: Buffer.from('1.0') },
      documentRecord(`${id}/json`, { id }),
      content,
    ];
  });
  const saved = {
    Config: `${sha256(config)}.json`,
    RepoTags: ['app:latest'],
    Layers: ids.map((id) => `${id}/layer.tar`),
  };
  return tar([
    ...records,
    { name: `${sha256(config)}.json`, body: config },
    documentRecord('manifest.json', [saved]),
    documentRecord('repositories', {}),
  ]);
}

export function documentRecord(name: string, value: unknown): TarRecord {
  return { name, body: json(value) };
}

function blobRecords(blobs: ReadonlyMap<string, Buffer>): readonly TarRecord[] {
  const digests = [...blobs.keys()].sort();
  return digests.map((digest) => ({
    name: `blobs/${digest.replace(':', '/')}`,
    body: blobs.get(digest) ?? Buffer.alloc(0),
  }));
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
