import type { Descriptor } from './manifest.ts';

/** Where the blobs of an image come from: a folder, an archive, a registry. Whoever reads them verifies them. */
export type ImageSource = {
  /** For messages: `the OCI layout /tmp/x`. */
  readonly name: string;
  /** A whole small blob, or null where the source does not have it. */
  readonly readSmall: (descriptor: Descriptor) => Promise<Buffer | null>;
};

/** How far reading has come, in bytes of layer blobs. Of a stream the total is what was read so far unless it was given. */
export type ReadProgress = { readonly bytes: number; readonly totalBytes: number };
