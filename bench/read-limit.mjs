// The least that verifying an image costs: Node's own gunzip with SHA-256 of blob and content, as many layers at once on
// as many threads as `inspect` uses. Holds nothing, parses nothing, hashes no file.
//
//   node bench/read-limit.mjs OCI-LAYOUT | DOCKER-ARCHIVE
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';

const layersAtOnce = 2;

if (isMainThread) await readAll(process.argv[2]);
else parentPort.on('message', async (layer) => parentPort.postMessage(await readOne(layer)));

async function readAll(image) {
  const layers = statSync(image).isDirectory() ? blobsOf(image) : plainLayersOf(image);
  const queue = layers.sort((one, other) => other.size - one.size);
  const readSome = async () => {
    const worker = new Worker(new URL(import.meta.url));
    for (let layer = queue.shift(); layer !== undefined; layer = queue.shift()) {
      const answer = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage(layer);
      await answer;
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(layersAtOnce, availableParallelism()) }, readSome));
}

function blobsOf(layout) {
  const blob = (digest) => join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length));
  const parse = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const { manifests } = parse(join(layout, 'index.json'));
  const { layers } = parse(blob(manifests[0].digest));
  return layers.map(({ digest, size }) => ({ path: blob(digest), start: 0, size, isGzip: true }));
}

/** Where the layers lie inside the archive: its own headers are plain and small. */
function plainLayersOf(path) {
  const file = openSync(path, 'r');
  const header = Buffer.alloc(512);
  const layers = [];
  for (let at = 0; readSync(file, header, 0, 512, at) === 512 && header[0] !== 0; ) {
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
    const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '');
    if (name.endsWith('/layer.tar')) layers.push({ path, start: at + 512, size, isGzip: false });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  closeSync(file);
  return layers;
}

async function readOne({ path, start, size, isGzip }) {
  const blob = createReadStream(path, { start, end: start + size - 1, highWaterMark: 256 * 1024 });
  const ofContent = createHash('sha256');
  if (!isGzip) {
    for await (const chunk of blob) ofContent.update(chunk);
    return [ofContent.digest('hex')];
  }
  const ofBlob = createHash('sha256');
  blob.on('data', (chunk) => ofBlob.update(chunk));
  for await (const chunk of blob.pipe(createGunzip({ chunkSize: 256 * 1024 }))) ofContent.update(chunk);
  return [ofBlob.digest('hex'), ofContent.digest('hex')];
}
