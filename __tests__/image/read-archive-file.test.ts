import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { type ReadBlob, readBlobHere } from '../../src/image/read-blob.ts';
import { readDockerSave } from '../../src/image/read-docker-save.ts';
import { directory, file, layer, layerTar, sha256 } from '../support/image-builder.ts';
import { dockerSave, documentRecord, ociArchive, oldDockerSave } from '../support/image-files.ts';
import { plainImage } from '../support/plain-entries.ts';
import { tar } from '../support/tar-writer.ts';

const base = layer(directory('/etc'), file('/etc/passwd', 'root:x:0:0::/:/bin/sh\n'), file('/a', 60_000));
const small = layer(file(`/${'long/'.repeat(15)}name`, 300, { mode: 0o755 }));
const layers = [base, small, base];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-archive-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(bytes: Buffer): Promise<string> {
  const path = join(folder, 'image.tar');
  await writeFile(path, bytes);
  return path;
}

const archives: readonly (readonly [string, Buffer])[] = [
  ['Docker 25 and later', dockerSave(layers)],
  ['the containerd store', dockerSave(layers, { compress: 'gzip' })],
  ['older Dockers, with repeated layers as symlinks', oldDockerSave(layers)],
  ['an OCI layout', ociArchive(layers)],
  ['any kind, packed with gzip', gzipSync(dockerSave(layers))],
];

describe('readArchiveFile', () => {
  it.each(archives)('gives of %s what its stream gives', async (_, bytes) => {
    const streamed = await readDockerSave(Readable.from([bytes]));
    expect(plainImage(await readArchiveFile(await written(bytes)))).toEqual(plainImage(streamed));
  });

  it('reads each distinct layer once and where it lies, whatever else the archive holds', async () => {
    const read: string[] = [];
    const readBlob: ReadBlob = (place, request) => {
      read.push(place.kind);
      return readBlobHere(place, request);
    };
    const other = tar([{ name: 'huge', body: Buffer.alloc(1_000_000) }]).subarray(0, -1024);
    const image = await readArchiveFile(await written(Buffer.concat([other, oldDockerSave(layers)])), { readBlob });
    expect(image.layers).toHaveLength(3);
    expect(read).toEqual(['file', 'file']);
  });

  it('says of a cut archive where it breaks off', async () => {
    const bytes = dockerSave(layers);
    for (const length of [700, 20_000, bytes.length - 2000]) {
      const streamed = await readDockerSave(Readable.from([bytes.subarray(0, length)])).catch(
        (error: unknown) => error,
      );
      await expect(readArchiveFile(await written(bytes.subarray(0, length)))).rejects.toEqual(streamed);
    }
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    await readArchiveFile(await written(dockerSave(layers)), {
      onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes),
    });
    expect(seen.at(-1)).toBe(1);
  });

  it('finds a layer that is called otherwise by its content', async () => {
    const config = { architecture: 'amd64', os: 'linux', rootfs: { diff_ids: [`sha256:${sha256(layerTar(small))}`] } };
    const bytes = tar([
      { name: 'notes.txt', body: Buffer.from('no layer') },
      { name: 'x/shared.tar', body: layerTar(small) },
      documentRecord('config.json', config),
      documentRecord('manifest.json', [{ Config: 'config.json', Layers: ['y/layer.tar'] }]),
    ]);
    expect((await readArchiveFile(await written(bytes))).layers).toMatchObject([{ unpackedBytes: 300 }]);
  });
});
