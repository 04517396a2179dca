import type { LayerEntry } from '../../image/image.ts';
import type { FileNode, RootFiles } from '../../image/root-filesystem.ts';

/** Tells of the names of each body one, so that its bytes are counted once: its own name where that is visible. */
export class FirstNames {
  readonly #files: RootFiles;
  readonly #seen = new Set<LayerEntry>();

  constructor(files: RootFiles) {
    this.#files = files;
  }

  /** Whether the bytes of this name's body count here. Every name must be asked about once. */
  isFirst({ path, entry, body }: FileNode): boolean {
    if (body === null) return false;
    // Nearly all bodies have one name.
    if (body.names === 1) return true;
    // Else the one that their layer gave them, where it is still there.
    if (entry === body.entry && entry.path === path) return true;
    if (this.#files.get(body.entry.path)?.entry === body.entry || this.#seen.has(body.entry)) return false;
    this.#seen.add(body.entry);
    return true;
  }
}
