import type { ReadProgress } from '../../image/blob-source.ts';

/** How far the reading of one image has come; times are milliseconds of our own clock. */
export type Reading = {
  readonly name: string;
  readonly progress: ReadProgress;
  /** A stream whose length nobody gave has no total but what was read so far. */
  readonly hasTotal: boolean;
  /** Of the last seconds, oldest first; never empty. */
  readonly samples: readonly Sample[];
};

type Sample = { readonly at: number; readonly bytes: number };

const windowLength = 3000;
const sampleDistance = 250;

/** An image of which nothing was read yet. */
export function startReading(name: string, now: number): Reading {
  return { name, progress: { bytes: 0, totalBytes: 0 }, hasTotal: false, samples: [{ at: now, bytes: 0 }] };
}

/** The same reading, further on. */
export function advance(reading: Reading, progress: ReadProgress, now: number): Reading {
  const hasTotal = reading.hasTotal || progress.bytes < progress.totalBytes;
  const last = reading.samples.at(-1);
  if (last !== undefined && now - last.at < sampleDistance) return { ...reading, progress, hasTotal };
  const recent = reading.samples.filter(({ at }) => now - at <= windowLength);
  // One sample from before the window stays, so that a slow reading still has a rate.
  const before = reading.samples.filter(({ at }) => now - at > windowLength).slice(-1);
  return { ...reading, progress, hasTotal, samples: [...before, ...recent, { at: now, bytes: progress.bytes }] };
}

/** The part that is read, 0 to 1; undefined where the total is not known. */
export function shareOf({ progress, hasTotal }: Reading): number | undefined {
  return hasTotal && progress.totalBytes > 0 ? Math.min(1, progress.bytes / progress.totalBytes) : undefined;
}

/** Bytes per second over the last seconds; undefined before there is anything to say. */
export function rateOf({ progress, samples }: Reading, now: number): number | undefined {
  const [first] = samples;
  const elapsed = first === undefined ? 0 : now - first.at;
  return first === undefined || elapsed < sampleDistance
    ? undefined
    : ((progress.bytes - first.bytes) * 1000) / elapsed;
}
