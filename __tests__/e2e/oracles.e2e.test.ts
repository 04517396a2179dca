import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Image } from '../../src/image/image.ts';
import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { type EngineKind, repository, runIn } from '../support/engine.ts';
import * as oracle from '../support/engine-oracle.ts';
import { differences, listingOf } from '../support/listing.ts';

/** Each image is held against others' eyes on one store; the main example on both. */
const examples: readonly (readonly [EngineKind, string])[] = [
  ['classic', 'fullstack'],
  ['classic', 'go-distroless'],
  ['containerd', 'go-distroless'],
  ['containerd', 'go-scratch'],
  ['containerd', 'node-slim'],
  ['classic', 'python-venv'],
  ['containerd', 'rust-slim'],
  ['classic', 'single-stage'],
  ['containerd', 'variants'],
];
const bases: readonly (readonly [EngineKind, string])[] = [
  ['containerd', 'busybox:1.37'],
  ['classic', 'gcr.io/distroless/static-debian12:nonroot'],
  ['containerd', 'gcr.io/distroless/cc-debian12:nonroot'],
  ['classic', 'debian:bookworm-slim'],
  ['containerd', 'golang:1.25-bookworm'],
  ['classic', 'node:22-bookworm-slim'],
  ['containerd', 'python:3.11-slim-bookworm'],
  ['classic', 'python:3.11-bookworm'],
  ['containerd', 'rust:1-slim-bookworm'],
];
const timeout = 120_000;

it('has every example', () => {
  const folders = readdirSync(join(repository, 'examples'), { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  expect([...new Set(examples.map(([, name]) => name))].sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe('an image is what Docker and tar say that it is', () => {
  it.each(examples)(
    '%s: the example %s',
    async (kind, example) => {
      const tag = `stagegate-oracle/${example}`;
      const { exitCode, stderr } = await runIn(kind, 'docker', [
        'buildx',
        'build',
        '--load',
        '--tag',
        tag,
        ...flagsOf(example),
      ]);
      if (exitCode !== 0) throw new Error(stderr);
      await compare(kind, tag);
    },
    timeout,
  );

  it.each(bases)('%s: the base %s', compare, timeout);
});

/** The target and build arguments of the example's first case. */
function flagsOf(example: string): readonly string[] {
  const cases = JSON.parse(readFileSync(join(repository, 'examples/expected.json'), 'utf8'))[example];
  const check: readonly string[] = cases[0].check;
  const kept = check.flatMap((flag, at) =>
    ['--target', '--build-arg'].includes(check[at - 1] ?? '') ? [check[at - 1] ?? '', flag] : [],
  );
  return [...kept, join('examples', example)];
}

async function compare(kind: EngineKind, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate-oracle-'));
  try {
    const file = await oracle.saveImage(kind, name, folder);
    const image = await readArchiveFile(file);
    await compareHistory(kind, name, image);
    await compareSizes(kind, folder, image);
    await compareFiles(kind, name, image);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareHistory(kind: EngineKind, name: string, { history, layers }: Image): Promise<void> {
  expect(history.map(({ createdBy }) => createdBy)).toEqual(await oracle.historyOf(kind, name));
  expect(layers.map(({ diffId }) => diffId)).toEqual(await oracle.diffIdsOf(kind, name));
}

async function compareSizes(kind: EngineKind, folder: string, { layers, configBytes }: Image): Promise<void> {
  const { unpackedBytes, downloadBytes } = await oracle.weighSaved(kind, folder);
  expect(layers.map((layer) => layer.unpackedBytes)).toEqual(unpackedBytes);
  const downloads = layers.map((layer) => layer.downloadBytes);
  const isKnown = downloads.every((bytes) => bytes !== null);
  expect(isKnown ? downloads.reduce((sum, bytes) => sum + bytes, configBytes) : null).toBe(downloadBytes);
}

async function compareFiles(kind: EngineKind, name: string, { layers }: Image): Promise<void> {
  const root = applyLayers(layers);
  const theirs = await oracle.exportedFiles(kind, name);
  expect(theirs.size).toBeGreaterThan(0);
  expect(differences(listingOf(root), theirs)).toEqual([]);
  expect(root.visibleBytes + root.wastedBytes).toBe(layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0));
}
