import type { LineRange, Stage } from '../stage-graph.ts';
import { findWriters } from './find-writers.ts';
import type { Known } from './known.ts';
import type { Region } from './region.ts';

/** The stage that a file was taken from, as far back as that is certain, and the line that wrote it where that is. */
export type Maker = { readonly stage: Stage; readonly lines?: LineRange };

/**
 * Who made what stands in these regions of a stage when it is done: the one instruction that can have, if there is but
 * one, followed back through every `COPY --from` of a stage. A RUN can have written anywhere; a COPY only below its
 * destination; a file that a COPY certainly wrote hides what came before. Where several can have, only the stage is told.
 */
export function findMaker(
  stages: readonly Stage[],
  { stage: index, regions }: { readonly stage: number; readonly regions: readonly Region[] },
  known: Known,
): Maker | undefined {
  let at = stages[index];
  let wanted = regions;
  // Each round goes to a stage further up; a graph made by hand might not.
  for (let round = 0; at !== undefined && round < stages.length; round++) {
    const stage = at;
    const [only, ...others] = findWriters(stages, { stage, regions: wanted }, known);
    if (only === undefined || others.length > 0) return { stage };
    const { from, taken } = only;
    if (from === undefined || taken === undefined) {
      return { stage: only.stage, ...(only.instruction === undefined ? {} : { lines: only.instruction.lines }) };
    }
    at = stages[from];
    wanted = taken;
  }
  return at && { stage: at };
}
