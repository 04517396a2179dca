import type { FileFacts } from './file-facts.ts';

/** Looks at a file's content while it streams by. */
export type FactScan = {
  /** Takes the next slice; it may be used again afterwards. */
  readonly update: (slice: Buffer) => void;
  /** What the whole content told; undefined for nothing. */
  readonly finish: () => FileFacts | undefined;
};
