import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { Image } from '../../src/image/image.ts';
import { readDockerSave } from '../../src/image/read-docker-save.ts';
import { readOciLayout } from '../../src/image/read-oci-layout.ts';
import { configOf } from '../support/image-builder.ts';
import { addBlob, documentRecord, writeLayout } from '../support/image-files.ts';
import { tarRecord } from '../support/tar-writer.ts';

/** Run as a program: reads one generated layer of 2 GB the way that the first argument says, and prints the peak of its memory. */
const layerBytes = 2_000_000_000;
const [kind = '', folder = ''] = process.argv.slice(2);
const image = await readers()[kind]?.();
const unpackedBytes = image?.layers[0]?.unpackedBytes;
process.stdout.write(JSON.stringify({ unpackedBytes, peakBytes: process.resourceUsage().maxRSS * 1024 }));

function readers(): Readonly<Record<string, () => Promise<Image>>> {
  return {
    layout: readFromLayout,
    save: () => readSaved(plainSave(0)),
    'slow-save': () => readSaved(plainSave(2000)),
    'gzip-save': readCompressedSave,
  };
}

/** The layer's tar, one file of noise that repeats, without ever holding it. */
function* layerChunks(): Generator<Buffer> {
  yield tarRecord({ name: 'large', size: layerBytes });
  const chunk = Buffer.alloc(1_000_000, createHash('sha512').update('noise').digest());
  for (let left = layerBytes; left > 0; left -= chunk.length) yield chunk;
  yield Buffer.alloc(paddingOf(layerBytes) + 1024);
}

function paddingOf(bytes: number): number {
  return (512 - (bytes % 512)) % 512;
}

function layerDiffId(): string {
  const hash = createHash('sha256');
  for (const chunk of layerChunks()) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

async function writeGzipBlob(): Promise<{ digest: string; size: number; path: string }> {
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  const path = join(folder, 'layer.tar.gz');
  await pipeline(Readable.from(layerChunks()), createGzip({ level: 1 }), createWriteStream(path));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { digest: `sha256:${hash.digest('hex')}`, size: (await stat(path)).size, path };
}

async function readFromLayout(): Promise<Image> {
  const { digest, size, path } = await writeGzipBlob();
  const blobs = new Map<string, Buffer>();
  const config = addBlob(
    blobs,
    'application/vnd.oci.image.config.v1+json',
    JSON.parse(configOf({}, [layerDiffId()]).toString()),
  );
  const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size };
  const manifest = addBlob(blobs, 'application/vnd.oci.image.manifest.v1+json', { config, layers: [layer] });
  await rename(path, join(folder, 'blobs', digest.replace(':', '/')));
  await writeLayout(folder, blobs, [manifest]);
  return readOciLayout(folder);
}

function readSaved(chunks: AsyncIterable<Buffer>): Promise<Image> {
  return readDockerSave(Readable.from(chunks, { objectMode: true }));
}

/** `pauses` many short waits spread over the stream. */
async function* plainSave(pauses: number): AsyncGenerator<Buffer> {
  const tarBytes = layerBytes + 512 + paddingOf(layerBytes) + 1024;
  const config = configOf({}, [layerDiffId()]);
  yield tarRecord({ name: 'x/layer.tar', size: tarBytes });
  let written = 0;
  for (const chunk of layerChunks()) {
    yield Buffer.from(chunk);
    if (written++ < pauses) await sleep(1);
  }
  yield Buffer.alloc(paddingOf(tarBytes));
  yield tarRecord({ name: 'config.json', body: config });
  yield tarRecord(documentRecord('manifest.json', [{ Config: 'config.json', Layers: ['x/layer.tar'] }]));
  yield Buffer.alloc(1024);
}

async function readCompressedSave(): Promise<Image> {
  const { size, path } = await writeGzipBlob();
  const config = configOf({}, [layerDiffId()]);
  return readSaved(
    (async function* () {
      yield tarRecord({ name: 'layer.tar.gz', size });
      yield* createReadStream(path);
      yield Buffer.alloc(paddingOf(size));
      yield tarRecord({ name: 'config.json', body: config });
      yield tarRecord(documentRecord('manifest.json', [{ Config: 'config.json', Layers: ['layer.tar.gz'] }]));
      yield Buffer.alloc(1024);
    })(),
  );
}
