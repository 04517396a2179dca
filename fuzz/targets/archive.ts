import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { directory, file, hardlink, layer, sha256, symlink, whiteout } from '../../__tests__/support/image-builder.ts';
import { dockerSave, ociArchive, oldDockerSave } from '../../__tests__/support/image-files.ts';
import { tarRecord } from '../../__tests__/support/tar-writer.ts';
import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { readDockerSave } from '../../src/image/read-docker-save.ts';
import { type Json, mutateJson } from '../mutate-json.ts';
import { mutateTar, splitTar } from '../mutate-tar.ts';
import { cutAnywhere } from '../pieces.ts';
import { checkLayers, checkSame } from '../promises.ts';
import type { Random } from '../random.ts';
import { attempt } from '../run-guarded.ts';
import type { Target } from '../target.ts';

const layers = [
  layer(directory('/d'), file('/a', 700), file('/etc/passwd', 'x')),
  layer(file('/b', 30), hardlink('/c', '/a'), symlink('/l', 'd'), whiteout('/etc/passwd')),
];

/** Image archives: `docker save` of both kinds, OCI layouts in a tar. */
export const archiveTarget: Target = {
  name: 'archive',
  seeds: () => [
    dockerSave(layers),
    dockerSave(layers, { compress: 'gzip' }),
    oldDockerSave(layers),
    ociArchive(layers),
    ociArchive([...layers, ...layers], { family: 'docker', platform: 'linux/arm64', compress: 'none' }),
    gzipSync(oldDockerSave(layers)),
  ],
  mutate: (input, other, random) => {
    const changed = random.chance(0.5) ? mutateTar(input, other, random) : mutateOneFile(input, other, random);
    return random.chance(0.7) ? heal(changed) : changed;
  },
  run: async (input) => {
    const whole = await attempt(() => read([input]));
    checkSame(whole, await attempt(() => read(cutAnywhere(input))));
    checkSame(whole, await attempt(() => readFromFile(input)));
    if ('result' in whole) await checkLayers(whole.result.layers);
  },
};

function read(pieces: readonly Buffer[]) {
  return readDockerSave(
    Readable.from(
      pieces.map((piece) => Buffer.from(piece)),
      { objectMode: true },
    ),
  );
}

/** As it lies on disk, its files read side by side. */
async function readFromFile(input: Buffer) {
  const path = join(tmpdir(), `stagegate-fuzz-${process.pid}.tar`);
  await writeFile(path, input);
  try {
    return await readArchiveFile(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** Changes the inside of one file: a document as a document, a layer as a tar. */
function mutateOneFile(input: Buffer, other: Buffer, random: Random): Buffer {
  const records = splitTar(input);
  if (records.length === 0) return mutateTar(input, other, random);
  const at = random.int(records.length);
  const record = records[at] ?? Buffer.alloc(0);
  if (record.length <= 512) return mutateTar(input, other, random);
  const body = bodyOf(record);
  const document = parseDocument(body);
  const changed =
    document === undefined
      ? mutateTar(body, other, random)
      : Buffer.from(JSON.stringify(mutateJson(document, otherDocument(records, random), words, random)));
  return Buffer.concat(records.with(at, withBody(record, changed)));
}

function otherDocument(records: readonly Buffer[], random: Random): Json {
  return parseDocument(bodyOf(random.pick(records))) ?? null;
}

function bodyOf(record: Buffer): Buffer {
  const size = Number.parseInt(record.toString('latin1', 124, 135), 8);
  return record.subarray(512, 512 + (Number.isSafeInteger(size) ? size : 0));
}

function parseDocument(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function withBody(record: Buffer, body: Buffer, name: string = nameOf(record)): Buffer {
  return tarRecord({ name, body, flag: record.toString('latin1', 156, 157) });
}

function nameOf(record: Buffer): string {
  return record.toString('latin1', 0, 100).split('\0')[0] ?? '';
}

/** Writes the diff IDs of what is there into the config, so that a changed image gets past the verification. */
function heal(archive: Buffer): Buffer {
  const records = splitTar(archive);
  const bodies = new Map(records.map((record) => [nameOf(record), bodyOf(record)]));
  const list = parseDocument(bodies.get('manifest.json') ?? Buffer.alloc(0));
  const first = Array.isArray(list) ? list[0] : undefined;
  const paths: unknown = first?.Layers;
  const config = parseDocument(bodies.get(String(first?.Config)) ?? Buffer.alloc(0));
  if (!Array.isArray(paths) || config === null || typeof config !== 'object' || Array.isArray(config)) return archive;
  const diffIds = paths.map((path) => `sha256:${sha256(bodies.get(String(path)) ?? Buffer.alloc(0))}`);
  const healed = Buffer.from(JSON.stringify({ ...config, rootfs: { diff_ids: diffIds } }));
  const changed = [
    ...records.filter((record) => ![String(first.Config), 'manifest.json'].includes(nameOf(record)) && record[0] !== 0),
    tarRecord({ name: 'config.json', body: healed }),
    tarRecord({ name: 'manifest.json', body: Buffer.from(JSON.stringify([{ ...first, Config: 'config.json' }])) }),
    Buffer.alloc(1024),
  ];
  return Buffer.concat(changed);
}

const words = [
  'Config',
  'Layers',
  'RepoTags',
  'manifest.json',
  'config.json',
  'rootfs',
  'diff_ids',
  'layers',
  'manifests',
  'config',
  'history',
  'Env',
];
