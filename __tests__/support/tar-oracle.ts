import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineKind } from './engine.ts';
import { runIn } from './engine.ts';

/** What standard tools say of a built image, with none of our code: GNU tar sums the layers, the manifest names the blobs. */
export type WeighedByTar = {
  /** Sum of what `tar` lists as the sizes of regular files, over all layers, in bytes. */
  readonly unpackedBytes: number;
  /** Config and distinct layer blobs, in bytes; null where the store keeps no blobs. */
  readonly downloadBytes: number | null;
  readonly layerCount: number;
};

type Descriptor = { readonly digest: string; readonly size: number };

/** Builds the target once more (from cache) and weighs what comes out. `buildFlags` end in the context. */
export async function weighByTar(kind: EngineKind, buildFlags: readonly string[]): Promise<WeighedByTar> {
  const folder = await mkdtemp(join(tmpdir(), 'stagegate-oracle-'));
  try {
    return await (kind === 'classic' ? weighSaved(folder, buildFlags) : weighLayout(kind, folder, buildFlags));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function weighLayout(kind: EngineKind, folder: string, buildFlags: readonly string[]): Promise<WeighedByTar> {
  await succeed(kind, 'docker', ['buildx', 'build', '-q', `--output=type=oci,tar=false,dest=${folder}`, ...buildFlags]);
  const blob = (digest: string): string => join(folder, 'blobs', digest.replace(':', '/'));
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as { manifests: [Descriptor] };
  const manifest = JSON.parse(await readFile(blob(index.manifests[0].digest), 'utf8')) as {
    config: Descriptor;
    layers: Descriptor[];
  };
  const distinct = new Map([manifest.config, ...manifest.layers].map((each) => [each.digest, each.size]));
  const sums = await Promise.all(manifest.layers.map((layer) => sumByTar(blob(layer.digest))));
  return {
    unpackedBytes: sums.reduce((total, each) => total + each, 0),
    downloadBytes: [...distinct.values()].reduce((total, each) => total + each, 0),
    layerCount: manifest.layers.length,
  };
}

async function weighSaved(folder: string, buildFlags: readonly string[]): Promise<WeighedByTar> {
  const id = await succeed('classic', 'docker', ['buildx', 'build', '-q', '--load', ...buildFlags]);
  await succeed('classic', 'sh', ['-c', 'docker save "$1" | tar x -C "$2"', 'sh', id.trim(), folder]);
  const [saved] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as [{ Layers: string[] }];
  const sums = await Promise.all(saved.Layers.map((layer) => sumByTar(join(folder, layer))));
  return {
    unpackedBytes: sums.reduce((total, each) => total + each, 0),
    downloadBytes: null,
    layerCount: saved.Layers.length,
  };
}

/** Listing lines of regular files begin with `-`; the third column is the size. */
async function sumByTar(file: string): Promise<number> {
  const sum = `tar --list --verbose --numeric-owner --file "$1" | awk '/^-/ { sum += $3 } END { printf "%d", sum }'`;
  return Number(await succeed('containerd', 'sh', ['-c', sum, 'sh', file]));
}

async function succeed(kind: EngineKind, program: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runIn(kind, program, args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}
