import type { Descriptor } from './manifest.ts';
import type { LayerContent } from './read-layer.ts';

/** Where the documents of an image come from. Whoever reads them verifies them. */
export type DocumentSource = {
  /** For messages: `the OCI layout /tmp/x`. */
  readonly name: string;
  /** A whole small blob, or null where the source does not have it. */
  readonly readSmall: (descriptor: Descriptor) => Promise<Buffer | null>;
};

/** Where all blobs of an image come from: a folder, an archive, a registry. */
export type BlobSource = DocumentSource & {
  /** Where the bytes of a layer blob are, or null where the source does not have it. */
  readonly findBlob: (descriptor: Descriptor) => Promise<BlobPlace | null>;
};

/** The bytes of one blob: a range of a file, which any thread can open, a stream, or what was read when it passed by. */
export type BlobPlace =
  | { readonly kind: 'file'; readonly path: string; readonly start: number; readonly bytes: number }
  | { readonly kind: 'stream'; readonly open: (signal: AbortSignal) => AsyncIterable<Buffer> }
  | { readonly kind: 'read'; readonly content: LayerContent };

/** A place whose bytes are still to be read. */
export type UnreadPlace = Exclude<BlobPlace, { kind: 'read' }>;

/** How far reading has come, in bytes of layer blobs. Of a stream the total is what was read so far unless it was given. */
export type ReadProgress = {
  readonly bytes: number;
  readonly totalBytes: number;
  /** How many layer blobs there are to read, and how many of them are done; absent where nobody knows before the end. */
  readonly layers?: { readonly done: number; readonly count: number };
};
