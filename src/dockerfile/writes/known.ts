import type { Region } from './region.ts';

/** What is known besides the Dockerfile. Undefined is always an answer: not known. */
export type Known = {
  /** What stands in the build context at a path, rules of an ignore file applied. */
  readonly context: (path: string) => 'file' | 'folder' | 'nothing' | undefined;
  /** Whether the image may hold a name of the region; false is certain. */
  readonly image: (reference: string, region: Region) => boolean | undefined;
};

export const nothingKnown: Known = { context: () => undefined, image: () => undefined };
