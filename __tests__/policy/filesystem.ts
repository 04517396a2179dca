import { applyLayers } from '../../src/image/apply-layers.ts';
import { diffIdFromHex } from '../../src/image/digest.ts';
import type { Layer, LayerEntry } from '../../src/image/image.ts';
import type { RootFilesystem } from '../../src/image/root-filesystem.ts';

/** An entry and the layer that it stands in. */
export type Placed = { readonly layer: number; readonly entry: LayerEntry };

type FileOptions = { readonly mode?: number; readonly contains?: 'busybox' | 'toybox'; readonly layer?: number };

/** A regular file of 1000 bytes, executable unless told otherwise. */
export function file(path: string, { mode = 0o755, contains, layer = 0 }: FileOptions = {}): Placed {
  const content = contains === undefined ? {} : { contains };
  return { layer, entry: { path, type: 'file', mode, uid: 0, gid: 0, bytes: 1000, ...content } };
}

export function symlink(path: string, linkTarget: string, layer = 0): Placed {
  return { layer, entry: { path, type: 'symlink', mode: 0o777, uid: 0, gid: 0, bytes: 0, linkTarget } };
}

export function hardlink(path: string, linkTarget: string, { layer = 0, mode = 0o755 } = {}): Placed {
  return { layer, entry: { path, type: 'hardlink', mode, uid: 0, gid: 0, bytes: 0, linkTarget } };
}

export function whiteout(path: string, layer: number): Placed {
  return { layer, entry: { path, type: 'whiteout', mode: 0, uid: 0, gid: 0, bytes: 0 } };
}

export function directory(path: string, layer = 0): Placed {
  return { layer, entry: { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, bytes: 0 } };
}

/** What a container sees of these entries, applied layer by layer as a real image is. */
export function filesystem(...placed: readonly Placed[]): RootFilesystem {
  const top = Math.max(0, ...placed.map(({ layer }) => layer));
  return applyLayers(Array.from({ length: top + 1 }, (_, position) => createLayer(position, placed)));
}

function createLayer(position: number, placed: readonly Placed[]): Layer {
  const entries = placed.filter(({ layer }) => layer === position).map(({ entry }) => entry);
  return {
    position,
    digest: null,
    diffId: diffIdFromHex(position.toString(16).padStart(64, '0')),
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    downloadBytes: null,
    unpackedBytes: entries.reduce((total, { bytes }) => total + bytes, 0),
    entries,
  };
}
