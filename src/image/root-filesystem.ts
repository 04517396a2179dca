import type { Image, ImagePath, LayerEntry } from './image.ts';

/** What stands at a path of the root filesystem: the entry and the layer that gave it. */
export type FileNode = {
  readonly path: ImagePath;
  readonly layer: number;
  readonly entry: LayerEntry;
  /** The regular-file entry whose content is seen here; for a hard link the body that it names. Null for everything else. */
  readonly body: {
    readonly layer: number;
    readonly entry: LayerEntry;
    /** How many names the root filesystem has for it. */
    readonly names: number;
  } | null;
};

/** The names of a root filesystem, made as they are asked for: a million of them are never held at once. */
export type RootFiles = {
  readonly get: (path: ImagePath) => FileNode | undefined;
  /** Sorted by path. */
  readonly values: () => Iterable<FileNode>;
};

/** A body that no name shows any more. */
export type WastedBody = {
  readonly path: ImagePath;
  readonly bytes: number;
  /** The layer that holds the bytes. */
  readonly layer: number;
  /** The layer whose entry or whiteout took the last name away. */
  readonly hiddenBy: number;
  readonly reason: 'overwritten' | 'deleted' | 'mode-or-owner';
};

/** All layers applied, whiteouts honoured: what a container sees. */
export type RootFilesystem = {
  /** Every name; directories included. */
  readonly files: RootFiles;
  readonly visibleBytes: number;
  readonly wastedBytes: number;
  /** Largest first, ties by path. */
  readonly waste: readonly WastedBody[];
  /** Per layer position: bytes that it holds and nothing shows. */
  readonly wastedByLayer: readonly number[];
  /** Per layer position: bytes of lower layers that it hid. */
  readonly hidesByLayer: readonly number[];
  /** What no engine would unpack and was applied all the same. */
  readonly notes: readonly string[];
  /** Follows symlinks inside the image (at most 40 hops); undefined when nothing is there. */
  readonly lookUp: (path: string) => FileNode | undefined;
};

export type ApplyLayers = (layers: Image['layers']) => RootFilesystem;
