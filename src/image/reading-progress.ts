import type { ReadProgress } from './blob-source.ts';

export type ReadingProgress = {
  /** So many bytes more of some layer. */
  readonly onBytes: (more: number) => void;
  /** One layer more is done. */
  readonly onLayer: () => void;
};

/** Adds up what was read of `count` layers with `totalBytes` together, and tells it at every step. */
export function readingProgress(
  { totalBytes, count }: { readonly totalBytes: number; readonly count: number },
  onProgress: ((read: ReadProgress) => void) | undefined,
): ReadingProgress {
  let bytes = 0;
  let done = 0;
  const tell = () => onProgress?.({ bytes, totalBytes, layers: { done, count } });
  return {
    onBytes: (more) => {
      bytes += more;
      tell();
    },
    onLayer: () => {
      done += 1;
      tell();
    },
  };
}
