import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyLayers } from '../../src/image/apply-layers.ts';
import { readArchiveFile } from '../../src/image/read-archive-file.ts';
import { type EngineKind, runIn } from '../support/engine.ts';
import { exportedFiles } from '../support/engine-oracle.ts';
import {
  directory,
  type EntrySpec,
  file,
  hardlink,
  layer,
  opaque,
  symlink,
  whiteout,
} from '../support/image-builder.ts';
import { documentRecord, layoutOf } from '../support/image-files.ts';
import { differences, listingOf } from '../support/listing.ts';
import { tar } from '../support/tar-writer.ts';

const folder = fc.constantFrom('', 'a/', 'b/', 'a/a/', 'l/', 'a/l/', 'l/a/');
const named = (...names: readonly string[]) =>
  fc.tuple(folder, fc.constantFrom(...names)).map((parts) => parts.join(''));
const target = fc.constantFrom('a', 'b', '/a', '/b', '.', '..', 'nowhere', '../b', '/', 'f');
// Directories have the mode of implied ones: the classic store forgets what a lower layer gave to one that a layer implies.
const added = [
  { weight: 5, arbitrary: fc.tuple(named('f', 'g'), fc.nat(3)).map(([path, bytes]) => file(path, bytes * 10)) },
  { weight: 4, arbitrary: named('a', 'b').map((path) => directory(path)) },
  { weight: 2, arbitrary: fc.tuple(named('l'), target).map(([path, to]) => symlink(path, to)) },
  { weight: 1, arbitrary: fc.tuple(named('h'), named('f', 'g')).map(([path, to]) => hardlink(path, to)) },
];
const removed = [
  { weight: 2, arbitrary: named('f', 'a', 'l', 'b').map((path) => whiteout(path)) },
  { weight: 1, arbitrary: fc.constantFrom('', 'a', 'b', 'a/a', 'l').map((path) => opaque(path)) },
];
// The first layer takes nothing away: containerd applies it without overlayfs, and whiteouts there hit the layer itself.
const first = fc.array(fc.oneof(...added), { minLength: 1, maxLength: 6 });
const others = fc.array(fc.array(fc.oneof(...added, ...removed), { minLength: 1, maxLength: 5 }), { maxLength: 2 });
const images = fc.sample(fc.tuple(first, others), { seed: 20, numRuns: 20 });

it.each(['classic', 'containerd'] as const)(
  'what the %s store unpacks at all it shows as we do',
  async (kind) => {
    const directory = await mkdtemp(join(tmpdir(), 'stagegate-odd-'));
    let taken = 0;
    try {
      for (const [number, [lowest, upper]] of images.entries()) {
        const path = join(directory, `${number}.tar`);
        await writeFile(path, savedAs(`stagegate-odd:${number}`, [lowest, ...upper].map(withoutRepeats)));
        if (await compare(kind, `stagegate-odd:${number}`, path)) taken++;
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    expect(taken).toBeGreaterThan(5);
  },
  120_000,
);

/** False when the engine refuses the image. */
async function compare(kind: EngineKind, name: string, path: string): Promise<boolean> {
  await runIn(kind, 'docker', ['load', '--quiet', '--input', path]);
  const { stdout } = await runIn(kind, 'docker', ['image', 'ls', '--quiet', name]);
  try {
    const theirs = await exportedFiles(kind, name).catch(() => null);
    if (theirs === null) return false;
    const ours = applyLayers((await readArchiveFile(path)).layers);
    expect([name, differences(listingOf(ours), theirs)]).toEqual([name, []]);
    return true;
  } finally {
    // By its ID: the containerd store knows an image that it could not unpack by nothing else.
    for (const id of new Set(stdout.split('\n').filter((line) => line !== '')))
      await runIn(kind, 'docker', ['rmi', '--force', id]);
  }
}

/** The classic store refuses a name that stands twice. */
function withoutRepeats(entries: readonly EntrySpec[]): readonly EntrySpec[] {
  const seen = new Set<string>();
  return entries.filter(({ record: { name } }) => {
    const key = String(name).replace(/\/$/, '');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** `docker save` as both stores load it. */
function savedAs(name: string, layers: readonly (readonly EntrySpec[])[]): Buffer {
  const { blobs, descriptor, configDigest, layerDigests } = layoutOf(
    layers.map((entries) => layer(...entries)),
    { compress: 'none' },
  );
  const pathOf = (digest: string) => `blobs/${digest.replace(':', '/')}`;
  const annotations = { 'io.containerd.image.name': `docker.io/library/${name}` };
  const index = 'application/vnd.oci.image.index.v1+json';
  return tar([
    ...[...blobs].map(([digest, body]) => ({ name: pathOf(digest), body })),
    documentRecord('index.json', { schemaVersion: 2, mediaType: index, manifests: [{ ...descriptor, annotations }] }),
    documentRecord('manifest.json', [
      { Config: pathOf(configDigest), RepoTags: [name], Layers: layerDigests.map(pathOf) },
    ]),
    documentRecord('oci-layout', { imageLayoutVersion: '1.0.0' }),
  ]);
}
