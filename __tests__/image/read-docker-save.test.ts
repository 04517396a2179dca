import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readDockerSave as readSaved } from '../../src/image/read-docker-save.ts';
import { directory, file, imageWith, layer, sha256 } from '../support/image-builder.ts';
import { dockerSave, documentRecord, layerBlob, layoutOf, ociArchive, oldDockerSave } from '../support/image-files.ts';
import { plainImage } from '../support/plain-entries.ts';
import { tar } from '../support/tar-writer.ts';

const readDockerSave = async (...read: Parameters<typeof readSaved>) => plainImage(await readSaved(...read));

const base = layer(
  directory('/etc'),
  file('/etc/passwd', 'root:x:0:0::/:/bin/sh\n'),
  file('/a', 60_000, { seed: 'x' }),
);
const small = layer(file('/{strange', 300, { mode: 0o755 }));
const layers = [base, small, base];

function read(bytes: Buffer, chunkSize = 65_536) {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, i) =>
    bytes.subarray(i * chunkSize, (i + 1) * chunkSize),
  );
  return readDockerSave(Readable.from(chunks, { objectMode: true }));
}

const classicNote = "no download size: Docker's classic image store keeps no compressed layers";
const expected = imageWith({ config: { user: 'app' } }, ...layers);
const options = { config: { user: 'app' } };

describe('readDockerSave', () => {
  it.each([
    ['Docker 25 and later', dockerSave(layers, options)],
    ['older Dockers, with repeated layers as symlinks', oldDockerSave(layers, options)],
    ['any, packed with gzip', gzipSync(oldDockerSave(layers, options))],
  ])('reads plain layers of %s and has no download size', async (_, bytes) => {
    const image = await read(bytes);
    expect(image.layers.map(({ entries, diffId, unpackedBytes }) => ({ entries, diffId, unpackedBytes }))).toEqual(
      expected.layers.map(({ entries, diffId, unpackedBytes }) => ({ entries, diffId, unpackedBytes })),
    );
    expect(image.layers.map(({ digest, downloadBytes }) => [digest, downloadBytes])).toEqual(
      layers.map(() => [null, null]),
    );
    expect(image).toMatchObject({ digest: null, notes: [classicNote], config: expected.config });
  });

  it.each([
    ['docker save of the containerd store', dockerSave(layers, { ...options, compress: 'gzip' })],
    ['an OCI layout in a tar', ociArchive(layers, options)],
  ])('has digests and download sizes from %s', async (_, bytes) => {
    const image = await read(bytes);
    expect(image).toEqual({ ...expected, digest: layoutOf(layers, options).descriptor.digest });
  });

  it('keeps the digests of an OCI archive with plain layers', async () => {
    const image = await read(ociArchive(layers, { compress: 'none' }));
    expect(image.layers[1]).toMatchObject({ digest: layerDigest(), downloadBytes: null });
    expect(image.digest).not.toBeNull();
  });

  it.each([1, 7, 511, 512, 513, 4096])('reads the same from chunks of %i bytes', async (chunkSize) => {
    const tiny = [layer(file('/a', 2000)), layer(file('/b', 10))];
    const bytes = dockerSave(tiny, { compress: 'gzip' });
    expect(await read(bytes, chunkSize)).toEqual(await read(bytes));
  });

  it('finds a layer by its content when its path is missing', async () => {
    const { blobs, configDigest } = layoutOf([small], { compress: 'none' });
    const [bytes] = blobs.values();
    const list = [{ Config: `blobs/${configDigest.replace(':', '/')}`, Layers: ['elsewhere/layer.tar'] }];
    const image = await read(
      tar([
        { name: 'x/layer.tar', body: bytes ?? Buffer.alloc(0) },
        { name: `blobs/${configDigest.replace(':', '/')}`, body: blobs.get(configDigest) ?? Buffer.alloc(0) },
        documentRecord('manifest.json', list),
      ]),
    );
    expect(image.layers[0]?.unpackedBytes).toBe(300);
  });

  it('is not disturbed by documents and files that the image does not need', async () => {
    const extra = [
      documentRecord('blobs/sha256/sbom', { text: 'x'.repeat(9_000_000) }),
      { name: 'README', body: Buffer.alloc(600, 'no tar ') },
    ];
    const image = await read(Buffer.concat([tar(extra).subarray(0, -1024), dockerSave(layers, options)]));
    expect(image.layers).toHaveLength(3);
  });

  it('says which layer is missing', async () => {
    const { blobs, configDigest } = layoutOf([small]);
    const config = `blobs/${configDigest.replace(':', '/')}`;
    const bytes = tar([
      { name: config, body: blobs.get(configDigest) ?? Buffer.alloc(0) },
      documentRecord('manifest.json', [{ Config: config, Layers: ['gone'] }]),
    ]);
    await expect(read(bytes)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('layer 0 (gone) is missing'),
    });
  });

  it('refuses a config that is not what its name promises', async () => {
    const bytes = dockerSave(layers, { ...options, compress: 'gzip' });
    const at = bytes.indexOf('"User":"app"');
    bytes.write('"User":"bad"', at, 'latin1');
    await expect(read(bytes)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('the config blobs/sha256/'),
    });
  });

  it('refuses a layer that is not what the config says', async () => {
    const bytes = oldDockerSave(layers, options);
    const at = bytes.indexOf('root:x:0:0');
    bytes.write('toor', at, 'latin1');
    await expect(read(bytes)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('uncompressed content of layer 0'),
    });
  });

  it('names the offset where the stream breaks off', async () => {
    await expect(read(dockerSave(layers).subarray(0, 3000))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/image archive: the tar is cut off inside .* \(at byte 3000/),
    });
  });

  it('says what a tar lacks that is no image', async () => {
    await expect(read(tar([{ name: 'hello', body: Buffer.from('x') }]))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('neither a manifest.json nor an index.json'),
    });
  });

  it('asks which of several images is meant', async () => {
    const config = Buffer.from('{"os":"linux","architecture":"amd64"}');
    const list = ['one:1', 'two:2'].map((tag) => ({ Config: 'c.json', RepoTags: [tag], Layers: null }));
    const bytes = tar([{ name: 'c.json', body: config }, documentRecord('manifest.json', list)]);
    await expect(read(bytes)).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('one:1 (linux/amd64), two:2'),
    });
    const stream = Readable.from([bytes], { objectMode: true });
    expect(await readDockerSave(stream, { tag: 'two:2' })).toMatchObject({ platform: 'linux/amd64', layers: [] });
  });

  it('passes on the failure of the stream', async () => {
    const broken = new Readable({ read() {} });
    broken.push(dockerSave(layers).subarray(0, 2000));
    setImmediate(() => broken.destroy(new Error('docker went away')));
    await expect(readDockerSave(broken)).rejects.toThrow('docker went away');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const endless = new Readable({ read() {} });
    const reading = readDockerSave(endless, { signal: stop.signal });
    setImmediate(() => stop.abort());
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

function layerDigest(): string {
  return `sha256:${sha256(layerBlob(small, { compress: 'none' }).bytes)}`;
}
