import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadProgress } from '../../src/image/blob-source.ts';
import type { ReadOptions } from '../../src/image/read-image.ts';
import { readOciLayout as readLayout } from '../../src/image/read-oci-layout.ts';
import { directory, file, imageWith, layer, layerTar, sha256, symlink } from '../support/image-builder.ts';
import { addBlob, layerBlob, layoutOf, ociLayout, writeLayout } from '../support/image-files.ts';
import { plainImage } from '../support/plain-entries.ts';

const readOciLayout = async (directory: string, options?: ReadOptions) =>
  plainImage(await readLayout(directory, options));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-layout-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const base = layer(
  directory('/etc'),
  file('/etc/passwd', 'root:x:0:0::/:/bin/sh\n'),
  file('/a', 1000),
  symlink('/l', 'a'),
);
const small = layer(file('/etc/os-release', 'ID=test\n'), file('/exe', 300, { mode: 0o4755, uid: 5, gid: 7 }));

describe('readOciLayout', () => {
  it.each([
    ['OCI', 'oci'],
    ['Docker', 'docker'],
  ] as const)('reads layers, config and sizes with %s media types', async (_, family) => {
    const overrides = {
      platform: 'linux/arm64',
      created: '2026-01-01T00:00:00Z',
      config: {
        user: 'app',
        cmd: ['/exe'],
        env: ['A=b'],
        exposedPorts: ['80/tcp'],
        labels: { k: 'v' },
        healthcheck: ['CMD', 'x'],
      },
      history: [{ createdBy: 'COPY a b', comment: 'buildkit.dockerfile.v0', isEmpty: false }],
    };
    const { descriptor } = await ociLayout(folder, [base, small], { family, ...overrides });
    const expected = imageWith(overrides, base, small);
    const image = await readOciLayout(folder);
    expect({ ...image, digest: null, layers: image.layers.map((each) => ({ ...each, mediaType: '' })) }).toEqual({
      ...expected,
      digest: null,
      layers: expected.layers.map((each) => ({ ...each, mediaType: '' })),
    });
    expect(image.digest).toBe(descriptor.digest);
  });

  it('gives a repeated layer no download of its own', async () => {
    await ociLayout(folder, [small, base, small]);
    const { layers } = await readOciLayout(folder);
    expect(layers.map((each) => each.downloadBytes)).toEqual([
      layerBlob(small).bytes.length,
      layerBlob(base).bytes.length,
      0,
    ]);
    expect(layers[2]?.entries).toEqual(layers[0]?.entries);
  });

  it('has no download size when all layers are plain, and says so', async () => {
    const { layerDigests } = await ociLayout(folder, [small, base], { compress: 'none' });
    const image = await readOciLayout(folder);
    expect(image.layers.map(({ downloadBytes, digest }) => [downloadBytes, digest])).toEqual(
      layerDigests.map((digest) => [null, digest]),
    );
    expect(image.notes).toEqual(['no download size: all layers of this image are stored uncompressed']);
  });

  it('counts a plain layer among compressed ones by its blob', async () => {
    await ociLayout(folder, [layerBlob(small, { compress: 'none' }), base]);
    const image = await readOciLayout(folder);
    expect(image.layers[0]?.downloadBytes).toBe(layerTar(small).length);
  });

  it.each([
    [
      'gzip under a plain media type',
      { ...layerBlob(small), mediaType: 'application/vnd.oci.image.layer.v1.tar' },
      'is gzip although',
    ],
    [
      'plain under a gzip media type',
      { ...layerBlob(small, { compress: 'none' }), mediaType: layerBlob(small).mediaType },
      'is a plain tar although',
    ],
  ])('reads %s and notes it', async (_, blob, note) => {
    await ociLayout(folder, [blob, base]);
    const image = await readOciLayout(folder);
    expect(image.layers[0]?.unpackedBytes).toBe(308);
    expect(image.notes.join()).toContain(note);
  });

  it('reads gzip in several members, with zeros behind them', async () => {
    const bytes = layerTar(base);
    const members = [bytes.subarray(0, 700), bytes.subarray(700, 701), bytes.subarray(701)].map((part) =>
      gzipSync(part),
    );
    const blob = { ...layerBlob(base), bytes: Buffer.concat([...members, Buffer.alloc(600_000)]) };
    await ociLayout(folder, [blob]);
    expect((await readOciLayout(folder)).layers[0]?.unpackedBytes).toBe(1022);
  });

  it('counts a foreign layer by its declared size without reading it', async () => {
    const foreign = {
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      bytes: Buffer.from('not here'),
      diffId: `sha256:${sha256('x')}`,
    };
    const { layerDigests } = await ociLayout(folder, [foreign, small]);
    await rm(join(folder, 'blobs', layerDigests[0]?.replace(':', '/') ?? ''));
    const image = await readOciLayout(folder);
    expect(image.layers.map(({ downloadBytes, entries }) => [downloadBytes, [...entries].length])).toEqual([
      [8, 0],
      [layerBlob(small).bytes.length, 2],
    ]);
    expect(image.notes[0]).toContain('layer 0 is foreign');
  });

  it('reports how far it has come', async () => {
    await ociLayout(folder, [base, small, base]);
    const total = layerBlob(base).bytes.length + layerBlob(small).bytes.length;
    const seen: ReadProgress[] = [];
    await readOciLayout(folder, { onProgress: (read) => seen.push(read) });
    expect(seen.at(-1)).toEqual({ bytes: total, totalBytes: total, layers: { done: 2, count: 2 } });
  });

  it('stops when it is told to', async () => {
    await ociLayout(folder, [base, small]);
    const stop = new AbortController();
    const reading = readOciLayout(folder, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tolerates null wherever Go writes it for nothing', async () => {
    const blobs = new Map<string, Buffer>();
    const config = addBlob(blobs, 'application/vnd.oci.image.config.v1+json', {
      architecture: 'amd64',
      os: 'linux',
      config: { Env: null, Cmd: null, Labels: null, Volumes: null },
      history: null,
      rootfs: { type: 'layers', diff_ids: null },
    });
    const manifest = addBlob(blobs, 'application/vnd.oci.image.manifest.v1+json', {
      config,
      layers: [],
      annotations: null,
    });
    await writeLayout(folder, blobs, [manifest]);
    expect(await readOciLayout(folder)).toMatchObject({
      platform: 'linux/amd64',
      layers: [],
      config: { env: [], cmd: null },
    });
  });
});

describe('readOciLayout, choosing', () => {
  const amd = layoutOf([base], { platform: 'linux/amd64' });
  const arm = layoutOf([small], { platform: 'linux/arm64' });
  const indexType = 'application/vnd.oci.image.index.v1+json';

  async function writeIndex(extra: readonly Record<string, unknown>[] = [], change: Record<string, unknown> = {}) {
    const blobs = new Map([...amd.blobs, ...arm.blobs]);
    const index = addBlob(blobs, indexType, {
      schemaVersion: 2,
      manifests: [{ ...amd.descriptor, ...change }, arm.descriptor, ...extra],
    });
    await writeLayout(folder, blobs, [index]);
  }

  it.each([
    ['linux/arm64', arm.descriptor.digest],
    ['linux/arm64/v8', arm.descriptor.digest],
    ['aarch64', arm.descriptor.digest],
    ['linux/x86_64', amd.descriptor.digest],
  ])('finds %s in a nested index', async (platform, digest) => {
    await writeIndex();
    expect((await readOciLayout(folder, { platform })).digest).toBe(digest);
  });

  it('names the platforms when none or a missing one is asked for', async () => {
    await writeIndex();
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('linux/amd64, linux/arm64'),
    });
    await expect(readOciLayout(folder, { platform: 'linux/s390x' })).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('linux/arm64'),
    });
  });

  it.each([
    [
      'old form',
      {
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      },
    ],
    ['OCI 1.1 form', { artifactType: 'application/vnd.docker.attestation.manifest.v1+json' }],
  ])('skips attestations in the %s', async (_, marks) => {
    const blobs = new Map(amd.blobs);
    const empty = addBlob(blobs, 'application/vnd.oci.empty.v1+json', {});
    const statement = addBlob(blobs, 'application/vnd.in-toto+json', { _type: 'x' });
    const attestation = addBlob(blobs, 'application/vnd.oci.image.manifest.v1+json', {
      config: empty,
      layers: [statement],
    });
    const index = addBlob(blobs, indexType, { manifests: [amd.descriptor, { ...attestation, ...marks }] });
    await writeLayout(folder, blobs, [index]);
    expect((await readOciLayout(folder)).digest).toBe(amd.descriptor.digest);
  });

  it('takes an ordinary image with an artifactType for an image', async () => {
    await writeLayout(folder, amd.blobs, [
      { ...amd.descriptor, artifactType: 'application/vnd.oci.image.config.v1+json' },
    ]);
    expect((await readOciLayout(folder)).digest).toBe(amd.descriptor.digest);
  });

  it('takes the platform from the config where the index does not say it', async () => {
    await writeIndex([], { platform: null });
    expect((await readOciLayout(folder, { platform: 'linux/amd64' })).digest).toBe(amd.descriptor.digest);
  });

  it('finds an image by its tag', async () => {
    const named = (name: string) => ({ annotations: { 'org.opencontainers.image.ref.name': name } });
    await writeLayout(folder, new Map([...amd.blobs, ...arm.blobs]), [
      { ...amd.descriptor, ...named('one') },
      { ...arm.descriptor, ...named('registry/app:two') },
    ]);
    expect((await readOciLayout(folder, { tag: 'two' })).digest).toBe(arm.descriptor.digest);
    await expect(readOciLayout(folder, { tag: 'three' })).rejects.toMatchObject({
      exitCode: 2,
      hint: 'It has: one, registry/app:two.',
    });
  });
});

describe('readOciLayout, verifying', () => {
  const blobFile = (digest: unknown) => join(folder, 'blobs', String(digest).replace(':', '/'));

  it('names a layer whose content is not its digest', async () => {
    const { layerDigests } = await ociLayout(folder, [base, small]);
    const blob = layerBlob(small).bytes;
    blob[9] = 7;
    await writeFile(blobFile(layerDigests[1]), blob);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 3,
      message: expect.stringContaining(`layer 1 (${layerDigests[1]})`),
    });
  });

  it('names a layer whose blob has another size, or none', async () => {
    const { layerDigests } = await ociLayout(folder, [base, small]);
    await truncate(blobFile(layerDigests[0]), 20);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('is 20 bytes'),
    });
    await rm(blobFile(layerDigests[0]));
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('layer 0'),
    });
  });

  it('names the layer that is not what the config says', async () => {
    await ociLayout(folder, [base, { ...layerBlob(small), diffId: `sha256:${sha256('other')}` }]);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('uncompressed content of layer 1'),
    });
  });

  it.each(['the manifest', 'the config'])('notices that %s was changed', async (what) => {
    const { descriptor, configDigest, blobs } = await ociLayout(folder, [base]);
    const digest = what === 'the config' ? configDigest : String(descriptor.digest);
    const bytes = Buffer.from(blobs.get(digest)?.toString().replace(/\}$/, ' ') ?? '');
    bytes[bytes.length - 1] = 0x20;
    await writeFile(blobFile(digest), bytes);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`${what} ${digest}`),
    });
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['no index', '[]', 'expected object'],
    ['a digest of another kind', '{"manifests":[{"digest":"sha512:00","size":1}]}', 'is not a sha256 digest'],
    [
      'a digest that climbs',
      '{"manifests":[{"digest":"sha256:../../../etc/passwd","size":1}]}',
      'is not a sha256 digest',
    ],
    ['both an index and a manifest', '{"manifests":[],"layers":[]}', '"layers"'],
  ])('refuses an index.json that is %s', async (_, text, problem) => {
    await ociLayout(folder, [base]);
    await writeFile(join(folder, 'index.json'), text);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 3,
      message: expect.stringContaining(problem),
    });
  });

  it('says that a folder is no layout', async () => {
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('no index.json'),
    });
  });

  it('names layer and offset when a tar breaks off', async () => {
    const bytes = layerTar(small).subarray(0, 515);
    await ociLayout(folder, [{ ...layerBlob(small), bytes: gzipSync(bytes), diffId: `sha256:${sha256(bytes)}` }]);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/layer 0 .*cut off .*"etc\/os-release".*byte 515/),
    });
  });

  it('says that compressed data is cut off', async () => {
    await ociLayout(folder, [{ ...layerBlob(base), bytes: layerBlob(base).bytes.subarray(0, -12) }]);
    await expect(readOciLayout(folder)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('damaged or cut off'),
    });
  });
});
