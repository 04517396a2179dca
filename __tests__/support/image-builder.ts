import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { diffIdFromHex, digestFromHex } from '../../src/image/digest.ts';
import { scanByContent, scanByName } from '../../src/image/facts/content-facts.ts';
import { FactBudget } from '../../src/image/facts/fact-budget.ts';
import type { HistoryEntry, Image, LayerEntry, RuntimeConfig } from '../../src/image/image.ts';
import { type TarRecord, tar } from './tar-writer.ts';

/** One entry of a layer, as a test writes it and as a reader must see it. */
export type EntrySpec = {
  readonly entry: LayerEntry;
  readonly record: TarRecord;
  readonly fill?: { readonly bytes: number };
};

/** One layer of a test image; its fields win over what the entries give. */
export type LayerSpec = {
  readonly entries: readonly EntrySpec[];
  readonly downloadBytes?: number;
  readonly digest?: string;
};

export type ImageOverrides = {
  readonly platform?: string;
  readonly created?: string;
  readonly config?: Partial<RuntimeConfig>;
  readonly history?: readonly HistoryEntry[];
  readonly notes?: readonly string[];
};

type Attributes = { readonly mode?: number; readonly uid?: number; readonly gid?: number };
type FileAttributes = Attributes & Pick<LayerEntry, 'contains'> & { readonly seed?: string };

/**
 * A regular file. A string is its content; a number is a size, filled by path and `seed`, so that the same path and size
 * are the same content. `passwd`, `group` and `os-release` keep their text, others what they say, as the readers do.
 */
export function file(path: string, content: string | Buffer | number, attributes: FileAttributes = {}): EntrySpec {
  const { seed = '', contains, ...rest } = attributes;
  const name = withoutSlash(path);
  const bytes = typeof content === 'number' ? content : Buffer.from(content).length;
  const isSmall = typeof content !== 'number' || content <= maxMaterialised;
  const body =
    typeof content === 'number' ? (isSmall ? filled(`${name}:${seed}`, bytes) : Buffer.alloc(0)) : Buffer.from(content);
  const facts = isSmall ? factsOf(name, rest.mode ?? 0o644, body) : undefined;
  const keepsText = /^(?:passwd|group|os-release)$/.test(name.split('/').at(-1) ?? '') && isSmall;
  return {
    entry: {
      ...common(name, 'file', { mode: 0o644, ...rest }),
      bytes,
      contentHash: contentHash(isSmall ? body : `${name}:${seed}:${bytes}`),
      ...(contains ? { contains } : {}),
      ...(facts ? { facts } : {}),
      ...(keepsText ? { text: body.toString('utf8') } : {}),
    },
    record: { name, mode: 0o644, ...rest, body },
    ...(isSmall ? {} : { fill: { bytes } }),
  };
}

function factsOf(path: string, mode: number, body: Buffer): LayerEntry['facts'] {
  const named = { path, mode, size: body.length };
  const scan = scanByName(named, new FactBudget()) ?? scanByContent(named, body);
  scan?.update(body);
  return scan?.finish();
}

export function directory(path: string, attributes: Attributes = {}): EntrySpec {
  return special(path, 'directory', { mode: 0o755, ...attributes }, { flag: '5', name: `${withoutSlash(path)}/` });
}

export function symlink(path: string, target: string, attributes: Attributes = {}): EntrySpec {
  const spec = special(path, 'symlink', { mode: 0o777, ...attributes }, { flag: '2', linkName: target });
  return { ...spec, entry: { ...spec.entry, linkTarget: target } };
}

/** Another name for the file at `target`, in this layer or a lower one. */
export function hardlink(path: string, target: string, attributes: Attributes = {}): EntrySpec {
  const linkName = withoutSlash(target);
  const spec = special(path, 'hardlink', { mode: 0o644, ...attributes }, { flag: '1', linkName });
  return { ...spec, entry: { ...spec.entry, linkTarget: linkName } };
}

/** A device or a pipe. */
export function device(path: string, type: 'char' | 'block' | 'fifo', attributes: Attributes = {}): EntrySpec {
  const flag = { char: '3', block: '4', fifo: '6' }[type];
  return special(path, type, { mode: 0o644, ...attributes }, { flag, major: 1, minor: 3 });
}

/** Takes the path away from the layers below. */
export function whiteout(path: string): EntrySpec {
  const parts = withoutSlash(path).split('/');
  const base = `.wh.${parts.pop() ?? ''}`;
  return special(path, 'whiteout', { mode: 0 }, { name: [...parts, base].join('/') });
}

/** Takes everything in the directory away that the layers below put there. */
export function opaque(path: string): EntrySpec {
  const name = withoutSlash(path);
  return special(path, 'opaque', { mode: 0 }, { name: name === '' ? '.wh..wh..opq' : `${name}/.wh..wh..opq` });
}

export function layer(...entries: readonly EntrySpec[]): LayerSpec {
  return { entries };
}

/** An image of these layers, base first, on linux/amd64 with an empty config. */
export function image(...layers: readonly LayerSpec[]): Image {
  return imageWith({}, ...layers);
}

/**
 * The same with a config, a history or a platform. Digests and download sizes are those of the gzip blobs that
 * `ociLayout` writes, unless a file is so large that its bytes exist only as a number.
 */
export function imageWith(overrides: ImageOverrides, ...layers: readonly LayerSpec[]): Image {
  const seen = new Set<string>();
  const placed = layers.map((spec, position) => placeLayer(spec, position, seen));
  const configBlob = configOf(
    overrides,
    placed.map(({ diffId }) => diffId),
  );
  return {
    platform: overrides.platform ?? 'linux/amd64',
    digest: digestFromHex(sha256(JSON.stringify([sha256(configBlob), placed.map(({ digest }) => digest)]))),
    configDigest: digestFromHex(sha256(configBlob)),
    configBytes: configBlob.length,
    ...(overrides.created === undefined ? {} : { created: overrides.created }),
    config: { ...emptyConfig, ...overrides.config },
    history: overrides.history ?? [],
    layers: placed,
    notes: overrides.notes ?? [],
  };
}

/** The config of an image about which nothing was said. */
export const emptyConfig: RuntimeConfig = {
  user: '',
  entrypoint: null,
  cmd: null,
  workingDir: '',
  env: [],
  exposedPorts: [],
  volumes: [],
  labels: {},
};

/** The uncompressed tar of a layer. */
export function layerTar(spec: LayerSpec): Buffer {
  return tar(spec.entries.map(({ record, fill }) => (fill ? { ...record, body: Buffer.alloc(fill.bytes) } : record)));
}

/** The config blob, as Docker writes it. */
export function configOf(overrides: ImageOverrides, diffIds: readonly string[]): Buffer {
  const [os, architecture, variant] = (overrides.platform ?? 'linux/amd64').split('/');
  const config = { ...emptyConfig, ...overrides.config };
  return Buffer.from(
    JSON.stringify({
      architecture,
      os,
      variant,
      created: overrides.created,
      config: {
        User: config.user,
        Entrypoint: config.entrypoint,
        Cmd: config.cmd,
        WorkingDir: config.workingDir,
        Env: config.env,
        ExposedPorts: keysOf(config.exposedPorts),
        Volumes: keysOf(config.volumes),
        Labels: config.labels,
        Healthcheck: config.healthcheck && { Test: config.healthcheck },
        StopSignal: config.stopSignal,
      },
      history: (overrides.history ?? []).map(({ createdBy, comment, isEmpty, created }) => ({
        created,
        created_by: createdBy,
        comment,
        empty_layer: isEmpty || undefined,
      })),
      rootfs: { type: 'layers', diff_ids: diffIds },
    }),
  );
}

/** Hex SHA-256. */
/** What the readers keep of a content's hash. */
export function contentHash(content: Buffer | string): string {
  return createHash('blake2b512').update(content).digest('hex').slice(0, 24);
}

export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function placeLayer(spec: LayerSpec, position: number, seen: Set<string>): Image['layers'][number] {
  const entries = spec.entries.map(({ entry }) => entry);
  const isHuge = spec.entries.some(({ fill }) => fill !== undefined);
  const bytes = isHuge ? Buffer.from(JSON.stringify(entries)) : layerTar(spec);
  const blob = isHuge ? bytes : gzipSync(bytes);
  const digest = digestFromHex(spec.digest?.replace('sha256:', '') ?? sha256(blob));
  const blobBytes = isHuge ? entries.reduce((sum, entry) => sum + entry.bytes, 0) : blob.length;
  const isRepeated = seen.has(digest);
  seen.add(digest);
  return {
    position,
    digest,
    diffId: diffIdFromHex(sha256(bytes)),
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    downloadBytes: spec.downloadBytes ?? (isRepeated ? 0 : blobBytes),
    unpackedBytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    entries,
  };
}

const maxMaterialised = 65_536;

function filled(seed: string, bytes: number): Buffer {
  return bytes === 0 ? Buffer.alloc(0) : Buffer.alloc(bytes, `${sha256(seed)}\n`);
}

function special(
  path: string,
  type: LayerEntry['type'],
  attributes: Attributes,
  record: Partial<TarRecord>,
): EntrySpec {
  const name = withoutSlash(path);
  return { entry: common(name, type, attributes), record: { name, ...attributes, ...record } };
}

function common(path: string, type: LayerEntry['type'], { mode = 0, uid = 0, gid = 0 }: Attributes): LayerEntry {
  return { path, type, mode, uid, gid, bytes: 0 };
}

function withoutSlash(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function keysOf(names: readonly string[]): Record<string, object> | undefined {
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, {}]));
}
