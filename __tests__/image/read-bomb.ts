import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { UserError } from '../../src/user-error.ts';
import { documentRecord } from '../support/image-files.ts';
import { tarRecord } from '../support/tar-writer.ts';

/**
 * Run as a program: writes an archive that is small and unpacks to much, reads it, and prints what came of it with the
 * peak of its memory. Gzip members may follow one another, so one that repeats is all that has to be made.
 */
type Bomb = { readonly head: Buffer; readonly part: Buffer; readonly times: number };

const zeros = Buffer.alloc(10_000_000);
/** Of the first bomb, which alone is read to its end; hashing 10 GB once more would take half a minute. */
const zerosDiffId = 'sha256:88a84ba19a6059c9e2bb8ec294fda2834b56c1610c33d9947b6584316cfbc748';
const bombs: Readonly<Record<string, Bomb>> = {
  zeros: { head: tarRecord({ name: 'zeros', size: 10_000_000_000, base256: true }), part: zeros, times: 1000 },
  entries: {
    head: Buffer.alloc(0),
    part: Buffer.concat(Array.from({ length: 10_000 }, () => tarRecord({ name: 'a' }))),
    times: 500,
  },
};

const [kind = '', folder = ''] = process.argv.slice(2);
const path = join(folder, `${kind}.tar`);
const file = await open(path, 'w');
const writtenBytes = await writeBomb(file, bombs[kind] ?? { head: zeros, part: zeros, times: 0 });
await file.close();
const started = Date.now();
const outcome = await readArchiveFile(path).then(weigh, refusal);
const seconds = (Date.now() - started) / 1000;
process.stdout.write(
  JSON.stringify({ ...outcome, writtenBytes, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }),
);

function weigh({ layers }: Image): object {
  const { files, visibleBytes } = applyLayers(layers);
  return { unpackedBytes: layers[0]?.unpackedBytes, visibleBytes, files: [...files.values()].length };
}

function refusal(error: unknown): object {
  if (!(error instanceof UserError)) throw error;
  return { refusal: error.message, exitCode: error.exitCode };
}

/** The archive holds one gzip layer. */
async function writeBomb(into: FileHandle, { head, part, times }: Bomb): Promise<number> {
  const start = gzipSync(head);
  const packed = gzipSync(part);
  const layerBytes = start.length + packed.length * times;
  const padding = Buffer.alloc((512 - (layerBytes % 512)) % 512);
  const config = { rootfs: { diff_ids: [zerosDiffId] } };
  const behind = Buffer.concat([
    padding,
    tarRecord(documentRecord('config.json', config)),
    tarRecord(documentRecord('manifest.json', [{ Config: 'config.json', Layers: ['layer.tar.gz'] }])),
  ]);
  let written = 0;
  const write = async (bytes: Buffer) => {
    written += (await into.write(bytes)).bytesWritten;
  };
  await write(Buffer.concat([tarRecord({ name: 'layer.tar.gz', size: layerBytes }), start]));
  for (let left = times; left > 0; left -= 100)
    await write(Buffer.concat(Array.from({ length: Math.min(left, 100) }, () => packed)));
  await write(behind);
  return written;
}
