// Makes the large images that `npm run bench` reads: the same layers as an OCI layout with gzip blobs (DIR/oci) and as
// a `docker save` archive with plain ones (DIR/docker.tar). The same arguments give the same layers.
//
//   node scripts/large-image.mjs DIR [--files 60000] [--bytes 2700000000] [--layers 5]
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

const number = (fallback) => ({ type: 'string', default: String(fallback) });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { files: number(60_000), bytes: number(2_700_000_000), layers: number(5) },
});
const [folder] = positionals;
const [files, bytes, layerCount] = [values.files, values.bytes, values.layers].map(Number);
if (folder === undefined || ![files, bytes, layerCount].every((each) => Number.isInteger(each) && each > 0)) {
  process.stderr.write('usage: large-image.mjs DIR [--files N] [--bytes N] [--layers N]\n');
  process.exit(2);
}

const random = generator(20_26);
const pool = contentPool(16 * 1024 * 1024);
await makeImage(folder);

async function makeImage(target) {
  const blobs = join(target, 'oci', 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const layers = [];
  // One after the other, since they draw from one sequence of random numbers.
  for (let layer = 0; layer < layerCount; layer += 1) layers.push(await writeLayer(join(target, `layer-${layer}.tar`), layer));
  await Promise.all(layers.map((layer) => compress(layer, blobs)));
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['/bin/true'] },
    history: layers.map((_, at) => ({ created_by: `COPY layer-${at} / # buildkit`, comment: 'buildkit.dockerfile.v0' })),
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => `sha256:${diffId}`) },
  });
  writeLayout(join(target, 'oci'), blobs, layers, config);
  await writeArchive(join(target, 'docker.tar'), layers, config);
  for (const { path } of layers) rmSync(path);
}

/** Sizes follow a steep curve, as in real images: most files are small, a few hold most of the bytes. */
async function writeLayer(path, layer) {
  const count = Math.floor(files / layerCount);
  const weights = Array.from({ length: count }, () => (1 / (random() + 0.002)) ** 1.2);
  const scale = ((bytes / layerCount) * (0.4 + (1.2 * layer) / Math.max(1, layerCount - 1))) / sum(weights);
  const out = createWriteStream(path, { highWaterMark: 4 * 1024 * 1024 });
  const hash = createHash('sha256');
  const write = async (chunk) => {
    hash.update(chunk);
    if (!out.write(chunk)) await once(out, 'drain');
  };
  let directory = '';
  for (const [at, weight] of weights.entries()) {
    const parent = `srv/layer-${layer}/package-${String(Math.floor(at / 400)).padStart(4, '0')}/part-${Math.floor(at / 20) % 20}/`;
    if (parent !== directory) await write(tarHeader(parent, 0, '5'));
    directory = parent;
    const size = Math.round(weight * scale);
    await write(tarHeader(`${parent}module-${at}.${['js', 'so', 'py', 'json'][at % 4]}`, size, '0'));
    for (let left = size; left > 0; ) {
      const from = Math.floor(random() * (pool.length - 65_536));
      const part = pool.subarray(from, from + Math.min(left, 65_536));
      left -= part.length;
      await write(part);
    }
    await write(Buffer.alloc((512 - (size % 512)) % 512));
  }
  await write(Buffer.alloc(1024));
  out.end();
  await once(out, 'close');
  return { path, diffId: hash.digest('hex'), bytes: statSync(path).size };
}

async function compress(layer, blobs) {
  const hash = createHash('sha256');
  const temporary = join(blobs, `${layer.diffId}.tmp`);
  await pipeline(
    createReadStream(layer.path, { highWaterMark: 1024 * 1024 }),
    createGzip({ chunkSize: 1024 * 1024 }),
    async function* (chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(temporary),
  );
  layer.digest = hash.digest('hex');
  layer.blobBytes = statSync(temporary).size;
  renameSync(temporary, join(blobs, layer.digest));
}

function writeLayout(layout, blobs, layers, config) {
  const put = (text) => {
    const digest = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(blobs, digest), text);
    return { digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
  };
  const manifestType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = put(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...put(config) },
      layers: layers.map(({ digest, blobBytes }) => ({
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: `sha256:${digest}`,
        size: blobBytes,
      })),
    }),
  );
  const index = { schemaVersion: 2, manifests: [{ mediaType: manifestType, ...manifest }] };
  writeFileSync(join(layout, 'index.json'), JSON.stringify(index));
  writeFileSync(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
}

async function writeArchive(path, layers, config) {
  const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
  const names = layers.map(({ diffId }) => `${diffId}/layer.tar`);
  const manifest = JSON.stringify([{ Config: configName, RepoTags: ['large:latest'], Layers: names }]);
  async function* content() {
    for (const [at, layer] of layers.entries()) {
      yield tarHeader(`${dirname(names[at])}/`, 0, '5');
      yield tarHeader(names[at], layer.bytes, '0');
      yield* createReadStream(layer.path, { highWaterMark: 1024 * 1024 });
      yield Buffer.alloc((512 - (layer.bytes % 512)) % 512);
    }
    for (const [name, text] of [[configName, config], ['manifest.json', manifest]]) {
      yield tarHeader(name, Buffer.byteLength(text), '0');
      yield Buffer.from(text);
      yield Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512);
    }
    yield Buffer.alloc(1024);
  }
  await pipeline(content, createWriteStream(path));
}

function tarHeader(name, size, flag) {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write(flag === '5' ? '0000755' : '0000644', 100);
  block.write('0000000', 108);
  block.write('0000000', 116);
  block.write(size.toString(8).padStart(11, '0'), 124);
  block.write('14000000000', 136);
  block.write('        ', 148);
  block.write(flag, 156);
  block.write('ustar\x0000', 257);
  block.write(`${block.reduce((total, byte) => total + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** Some noise, the rest words: gzip makes about half of it, as of programs and their texts. */
function contentPool(size) {
  const result = Buffer.alloc(size);
  const words = Array.from({ length: 1500 }, () => Math.floor(random() * 2 ** 40).toString(36));
  for (let at = 0; at < size; at += 4096) {
    const block = result.subarray(at, at + 4096);
    if (random() < 1 / 6) for (let i = 0; i < block.length; i += 1) block[i] = random() * 256;
    else for (let i = 0; i < block.length; ) i += block.write(`${words[Math.floor(random() * words.length)]} `, i) || block.length;
  }
  return result;
}

/** mulberry32: small, and the same everywhere. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}
