import type { DiffId, Digest } from './digest.ts';
import type { FileFacts } from './facts/file-facts.ts';

/**
 * A name inside an image: no leading `/` or `./`, `/`-separated, the root itself is ''.
 * A byte that is not UTF-8 is `\xHH` and a backslash is doubled, so that different names stay different.
 */
export type ImagePath = string;

/** One entry of a layer's tar, in tar order, after PAX and GNU extensions. A later entry of the same name in one layer replaces the earlier one. */
export type LayerEntry = {
  readonly path: ImagePath;
  readonly type: 'file' | 'hardlink' | 'symlink' | 'directory' | 'char' | 'block' | 'fifo' | 'whiteout' | 'opaque';
  /** Permission bits with setuid, setgid and sticky (0o7777). */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Logical size of a regular file (sparse files expanded); 0 for everything else. */
  readonly bytes: number;
  /** Of a hard link: normalised ImagePath. Of a symlink: as written. */
  readonly linkTarget?: string | undefined;
  /** First 96 bits (24 hex digits) of the content's BLAKE2b-512; regular files only. */
  readonly contentHash?: string | undefined;
  /** Multi-call shells recognised by content in an executable. */
  readonly contains?: 'busybox' | 'toybox' | undefined;
  /** Content of the few small files that the profile needs (passwd, group, os-release): UTF-8, at most 1 MiB. */
  readonly text?: string | undefined;
  /** What the content of a binary, script, package database or manifest told. */
  readonly facts?: FileFacts | undefined;
};

export type Layer = {
  /** From 0, base first. */
  readonly position: number;
  /** Blob digest; null when the source has no blobs of its own (classic `docker save`: plain tars). */
  readonly digest: Digest | null;
  readonly diffId: DiffId;
  readonly mediaType: string;
  /** Blob size in bytes; 0 when an earlier layer has the same digest; null when no compressed blob exists. */
  readonly downloadBytes: number | null;
  /** Sum of the logical sizes of all regular-file entries. */
  readonly unpackedBytes: number;
  /** In tar order. An entry may be a view: take what is needed of it, a copy by spreading has nothing. */
  readonly entries: Iterable<LayerEntry> & { readonly length: number };
};

/** One entry of the config's history; those without `isEmpty` stand 1:1 for the layers. */
export type HistoryEntry = {
  readonly createdBy: string;
  readonly comment: string;
  readonly isEmpty: boolean;
  readonly created?: string;
};

/** The image config's runtime part with nothing left undefined. OCI image-spec, config.md; Healthcheck is Docker's. */
export type RuntimeConfig = {
  readonly user: string;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly workingDir: string;
  readonly env: readonly string[];
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly healthcheck?: readonly string[];
  readonly stopSignal?: string;
};

/** One image on one platform, everything read and every digest verified. */
export type Image = {
  /** `os/arch[/variant]`. */
  readonly platform: string;
  /** Manifest digest; null where the source has no manifest (classic store). */
  readonly digest: Digest | null;
  readonly configDigest: Digest;
  /** Size of the config blob in bytes. */
  readonly configBytes: number;
  readonly created?: string;
  readonly config: RuntimeConfig;
  readonly history: readonly HistoryEntry[];
  /** Base first. */
  readonly layers: readonly Layer[];
  /** What was odd but could be read: media type and magic disagree, foreign layers, … */
  readonly notes: readonly string[];
};
