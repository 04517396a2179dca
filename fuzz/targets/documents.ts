import { file, hardlink, layer, layerTar, sha256, symlink, whiteout } from '../../__tests__/support/image-builder.ts';
import type { BlobSource } from '../../src/image/blob-source.ts';
import { parseImageConfig } from '../../src/image/image-config.ts';
import { parseJsonBlob } from '../../src/image/json-blob.ts';
import { indexSchema, manifestSchema } from '../../src/image/manifest.ts';
import { readImage } from '../../src/image/read-image.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { type Json, mutateJson } from '../mutate-json.ts';
import { cutAnywhere } from '../pieces.ts';
import { checkLayers, checkSame } from '../promises.ts';
import { attempt } from '../run-guarded.ts';
import type { Target } from '../target.ts';

/**
 * Indexes, manifests and configs. An input is a JSON object of blobs by name, `index` the first; `@name` where a digest
 * or size stands means that of the named blob, so that changed documents get past the verification. `{"tar": BASE64}` is a layer.
 */
export const documentsTarget: Target = {
  name: 'documents',
  seeds: () => [image('oci'), image('docker'), nested, attested].map((value) => Buffer.from(JSON.stringify(value))),
  mutate: (input, other, random) => {
    const [value, from] = [parse(input), parse(other)];
    if (value === undefined || random.chance(0.05)) return mutateBytes(input, other, random);
    return Buffer.from(JSON.stringify(mutateJson(value, from ?? null, words, random)));
  },
  run: async (input) => {
    await attempt(() => parseImageConfig(input, 'the config'));
    await attempt(() => parseJsonBlob(input, indexSchema, 'the index'));
    await attempt(() => parseJsonBlob(input, manifestSchema, 'the manifest'));
    const value = parse(input);
    if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return;
    const blobs = new Blobs(value as Readonly<Record<string, Json>>);
    const whole = await attempt(() => readFrom(blobs, (bytes) => [bytes]));
    checkSame(whole, await attempt(() => readFrom(blobs, cutAnywhere)));
    if ('result' in whole) await checkLayers(whole.result.layers);
  },
};

async function readFrom(blobs: Blobs, cut: (bytes: Buffer) => readonly Buffer[]) {
  const source: BlobSource = {
    name: 'the image',
    readSmall: async ({ digest }) => blobs.find(digest),
    findBlob: async ({ digest }) => {
      const bytes = blobs.find(digest);
      if (bytes === null) return null;
      return { kind: 'stream', open: () => pieces(cut(bytes)) };
    },
  };
  const index = parseJsonBlob(blobs.bytesOf('index'), indexSchema, 'the index');
  return readImage(source, index.manifests, {});
}

async function* pieces(list: readonly Buffer[]): AsyncGenerator<Buffer, void, undefined> {
  for (const piece of list) yield Buffer.from(piece);
}

/** The named blobs as bytes, references resolved from the leaves up; a circle leaves a digest of nothing. */
class Blobs {
  readonly #values: Readonly<Record<string, Json>>;
  readonly #bytes = new Map<string, Buffer>();
  readonly #byDigest = new Map<string, Buffer>();

  constructor(values: Readonly<Record<string, Json>>) {
    this.#values = values;
    for (const name of Object.keys(values))
      this.#byDigest.set(`sha256:${sha256(this.bytesOf(name))}`, this.bytesOf(name));
  }

  find(digest: string): Buffer | null {
    return this.#byDigest.get(digest) ?? null;
  }

  bytesOf(name: string): Buffer {
    const known = this.#bytes.get(name);
    if (known) return known;
    this.#bytes.set(name, Buffer.from('a circle'));
    const value = Object.hasOwn(this.#values, name) ? (this.#values[name] ?? null) : null;
    const bytes = isTar(value)
      ? Buffer.from(value.tar, 'base64')
      : Buffer.from(JSON.stringify(value, (key, each) => this.#resolve(key, each)));
    this.#bytes.set(name, bytes);
    return bytes;
  }

  #resolve(key: string, value: Json): Json {
    if (typeof value !== 'string' || !value.startsWith('@')) return value;
    const bytes = this.bytesOf(value.slice(1));
    return key === 'size' ? bytes.length : `sha256:${sha256(bytes)}`;
  }
}

function isTar(value: Json): value is { readonly tar: string } {
  return value !== null && typeof value === 'object' && 'tar' in value && typeof value.tar === 'string';
}

function parse(input: Buffer): Json | undefined {
  try {
    return JSON.parse(input.toString('utf8'));
  } catch {
    return undefined;
  }
}

const tars = [layer(file('/a', 100), symlink('/l', 'a')), layer(whiteout('/l'), hardlink('/b', '/a'))].map((each) => ({
  tar: layerTar(each).toString('base64'),
}));
const types = {
  oci: [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.oci.image.layer.v1.tar',
  ],
  docker: [
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.docker.container.image.v1+json',
    'application/vnd.docker.image.rootfs.diff.tar',
  ],
} as const;
const others = [
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  'application/vnd.in-toto+json',
  'application/vnd.oci.image.layer.v1.tar+zstd',
];

function image(family: keyof typeof types): { readonly [name: string]: Json } {
  const [, manifestType = '', configType = '', layerType = ''] = types[family];
  const ref = (mediaType: string, name: string): Json => ({ mediaType, digest: `@${name}`, size: `@${name}` });
  return {
    index: { schemaVersion: 2, manifests: [ref(manifestType, 'manifest')] },
    manifest: { config: ref(configType, 'config'), layers: [ref(layerType, 'one'), ref(layerType, 'two')] },
    config: {
      os: 'linux',
      architecture: 'amd64',
      created: '2026-01-01T00:00:00Z',
      config: {
        User: 'app',
        Env: ['A=b'],
        Cmd: ['/a'],
        Labels: { k: 'v' },
        ExposedPorts: { '80/tcp': {} },
        Healthcheck: { Test: ['NONE'] },
      },
      history: [{ created_by: 'COPY a b', comment: 'x' }, { empty_layer: true }, { created_by: 'RUN y' }],
      rootfs: { type: 'layers', diff_ids: ['@one', '@two'] },
    },
    one: tars[0] ?? null,
    two: tars[1] ?? null,
  };
}

const [indexType] = types.oci;
const nested: Json = {
  ...image('oci'),
  index: { manifests: [{ mediaType: indexType, digest: '@middle', size: '@middle' }] },
  middle: {
    manifests: [
      {
        mediaType: types.oci[1],
        digest: '@manifest',
        size: '@manifest',
        platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
      },
      { mediaType: types.oci[1], digest: '@gone', size: 7, platform: { os: 'unknown', architecture: 'unknown' } },
    ],
  },
};
const attested: Json = {
  ...image('oci'),
  index: {
    manifests: [
      {
        mediaType: types.oci[1],
        digest: '@manifest',
        size: '@manifest',
        annotations: { 'org.opencontainers.image.ref.name': 'latest' },
      },
      {
        mediaType: types.oci[1],
        digest: '@config',
        size: '@config',
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      },
    ],
  },
};

const words = [
  ...[...types.oci, ...types.docker, ...others],
  ...['@index', '@manifest', '@config', '@one', '@two', '@middle', '@gone', 'sha256:', `sha256:${'0'.repeat(64)}`],
  ...[
    'mediaType',
    'digest',
    'size',
    'manifests',
    'layers',
    'config',
    'rootfs',
    'diff_ids',
    'history',
    'platform',
    'annotations',
  ],
  ...[
    'os',
    'architecture',
    'variant',
    'linux',
    'windows',
    'arm64',
    'artifactType',
    'created',
    'User',
    'Env',
    'Cmd',
    'Labels',
    'Volumes',
  ],
];
