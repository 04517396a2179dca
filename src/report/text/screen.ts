import type { Paint } from './paint.ts';

/** What a block of text is written for. */
export type Screen = {
  readonly paint: Paint;
  readonly width: number;
  /** How many changed paths are shown. */
  readonly paths?: number | undefined;
};
