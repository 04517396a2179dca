// The least that verifying an image costs: Node's own gunzip with SHA-256 of blob and content, as many layers at once on
// as many threads as `inspect` uses. Holds nothing, parses nothing, hashes no file.
//
//   node bench/read-limit.mjs OCI-LAYOUT
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';

const layersAtOnce = 2;

if (isMainThread) await readAll(process.argv[2]);
else parentPort.on('message', async (path) => parentPort.postMessage(await readOne(path)));

async function readAll(layout) {
  const blob = (digest) => join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length));
  const parse = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const { manifests } = parse(join(layout, 'index.json'));
  const { layers } = parse(blob(manifests[0].digest));
  const queue = layers.sort((one, other) => other.size - one.size).map(({ digest }) => blob(digest));
  const readSome = async () => {
    const worker = new Worker(new URL(import.meta.url));
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const answer = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage(path);
      await answer;
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(layersAtOnce, availableParallelism()) }, readSome));
}

async function readOne(path) {
  const [ofBlob, ofContent] = [createHash('sha256'), createHash('sha256')];
  const blob = createReadStream(path, { highWaterMark: 256 * 1024 });
  blob.on('data', (chunk) => ofBlob.update(chunk));
  for await (const chunk of blob.pipe(createGunzip({ chunkSize: 256 * 1024 }))) ofContent.update(chunk);
  return [ofBlob.digest('hex'), ofContent.digest('hex')];
}
