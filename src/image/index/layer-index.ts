import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runInSlices } from '../../slices.ts';
import type { Digest } from '../digest.ts';
import type { LayerContent } from '../read-layer.ts';
import { pruneFolder } from './prune-folder.ts';
import { decodeLayer, encodeLayer } from './stored-layer.ts';

/** How much the index may keep: beyond `bytes`, and after `days` without use, the least recently used goes first. */
export type IndexBounds = { readonly bytes: number; readonly days: number };

export const defaultIndexBounds: IndexBounds = { bytes: 512 * 1024 * 1024, days: 30 };

/**
 * Our memory of layers already read, in a folder. Keyed by a blob digest that we computed ourselves; the diff ID in it is
 * the one that we measured. Nothing that goes wrong with it is an error: what cannot be kept or found is read again.
 */
export class LayerIndex {
  readonly #folder: string;
  readonly #bounds: IndexBounds;
  #hasGrown = false;

  constructor(folder: string, bounds: IndexBounds = defaultIndexBounds) {
    this.#folder = folder;
    this.#bounds = bounds;
  }

  /** What was read of the blob with this digest; null when it is not known, or no longer readable. */
  async find(digest: Digest): Promise<LayerContent | null> {
    const path = this.#layerPath(digest);
    const content = await readFile(path).then(
      (bytes) => runInSlices(decodeLayer(bytes)),
      () => null,
    );
    if (content?.digest !== digest) return null;
    const now = new Date();
    await utimes(path, now, now).catch(ignore);
    return content;
  }

  /** Keeps what was read of a layer, unless another run may read more of it. */
  async keep(content: LayerContent): Promise<void> {
    if (content.entries.extras.some(({ facts }) => facts?.isPassing || facts?.database)) return;
    this.#hasGrown = true;
    const parts = await runInSlices(encodeLayer(content));
    await this.#write(this.#layerPath(content.digest), parts).catch(ignore);
  }

  /** The digest that a file was found to have; `stamp` says which file, in which state. */
  async recall(stamp: string): Promise<string | null> {
    return readFile(this.#stampPath(stamp), 'latin1').catch(() => null);
  }

  /** Remembers the digest of a file in that state. */
  async remember(stamp: string, digest: Digest): Promise<void> {
    await this.#write(this.#stampPath(stamp), [Buffer.from(digest, 'latin1')]).catch(ignore);
  }

  /** Keeps the bounds, when something was added. */
  async close(): Promise<void> {
    if (this.#hasGrown) await pruneFolder(this.#folder, this.#bounds, Date.now()).catch(ignore);
  }

  #layerPath(digest: Digest): string {
    return join(this.#folder, 'layers', digest.slice('sha256:'.length));
  }

  #stampPath(stamp: string): string {
    return join(this.#folder, 'stamps', stamp);
  }

  /** Whole or not at all: others may be reading and writing the same file. */
  async #write(path: string, parts: readonly Uint8Array[]): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await writeParts(temporary, parts);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}

async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
}

function ignore(): void {}
