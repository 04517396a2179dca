import type { Instruction, Source, Stage } from '../stage-graph.ts';
import { copyRegions } from './copy-regions.ts';
import { isLeftAlone, isWorkFolder } from './image-folders.ts';
import type { Known } from './known.ts';
import { below, type Region, wholeTree } from './region.ts';
import { surelyWrites } from './surely-writes.ts';
import type { RunWrite, Write } from './write.ts';

/** One that can have written there. */
export type Writer = {
  readonly stage: Stage;
  /** Undefined where no line answers for it. */
  readonly instruction: Instruction | undefined;
  /** Set when it can only have brought it from another stage: that stage, and where in it. */
  readonly from?: number;
  readonly taken?: readonly Region[];
};

/**
 * All that can have written into one of the regions of a finished stage: instructions from the last to the first, then
 * those of the stages under it, then the image at the bottom. Empty too where that would cost too much to say.
 */
export function findWriters(
  stages: readonly Stage[],
  { stage, regions }: { readonly stage: Stage; readonly regions: readonly Region[] },
  known: Known,
): readonly Writer[] {
  const chain = chainOf(stages, stage);
  if (chain.some(({ writes }) => writes === undefined)) return [];
  const length = chain.reduce((sum, { writes = [] }) => sum + writes.length, 0);
  if (length * regions.length > mostSteps) return [];
  const hasLinks = chain.some(({ writes = [] }) => writes.some((write) => write.kind === 'run' && write.mayLink));
  const found = new Map<Write | Stage, Writer>();
  for (const region of regions) collect({ chain, region, known, hasLinks }, found);
  return [...found.values()];
}

/** No Dockerfile of a person needs as many, and a hostile one must not cost more. */
const mostSteps = 20_000;

function chainOf(stages: readonly Stage[], stage: Stage): readonly Stage[] {
  const chain = [stage];
  for (let { base } = stage; base.kind === 'stage' && chain.length <= stages.length; ) {
    const under = stages[base.index];
    if (under === undefined) break;
    chain.push(under);
    base = under.base;
  }
  return chain;
}

type Search = {
  readonly chain: readonly Stage[];
  readonly region: Region;
  readonly known: Known;
  /** A command may have made a link: then no path says for certain where it leads. */
  readonly hasLinks: boolean;
};

function collect(search: Search, found: Map<Write | Stage, Writer>): void {
  for (const stage of search.chain) {
    for (const write of (stage.writes ?? []).toReversed()) {
      const writer = writerOf(stage, write, search);
      if (writer === undefined) continue;
      found.set(write, join(found.get(write), writer));
      const isLast = write.kind === 'copy' && !search.hasLinks && surelyWrites(write, search.region, search.known);
      if (isLast) return;
    }
    const { base } = stage;
    const isExternal = base.kind === 'image' || base.kind === 'context';
    if (!isExternal || !mayHold(base, search)) continue;
    // What stands in for an image is no work of the FROM line.
    found.set(stage, { stage, instruction: base.kind === 'image' ? stage.from : undefined });
  }
}

function writerOf(stage: Stage, write: Write, search: Search): Writer | undefined {
  const { instruction } = write;
  if (write.kind === 'run') return mayWrite(write, search.region) ? { stage, instruction } : undefined;
  const taken = search.hasLinks ? { regions: [wholeTree], madeHere: false } : copyRegions(write, search.region);
  if (taken === undefined) return undefined;
  const { from } = write;
  if (from?.kind === 'stage' && !taken.madeHere) return { stage, instruction, from: from.index, taken: taken.regions };
  return taken.madeHere || taken.regions.some((region) => mayHold(from, { ...search, region }))
    ? { stage, instruction }
    : undefined;
}

/** A command writes anywhere but below a mount. */
function mayWrite({ mounts, isQuiet }: RunWrite, region: Region): boolean {
  if (mounts.some((mount) => below(mount, region.path) !== undefined)) return false;
  return !isQuiet || !isWorkFolder(region);
}

/** Whether the source may hold a name of the region; undefined is the build context. */
function mayHold(source: Source | undefined, { region, known }: Pick<Search, 'region' | 'known'>): boolean {
  if (source === undefined) return known.context(region.path) !== 'nothing';
  if (source.kind === 'scratch') return false;
  if (source.kind !== 'image') return true;
  return known.image(source.reference, region) ?? !isLeftAlone(source.reference, region);
}

function join(before: Writer | undefined, writer: Writer): Writer {
  if (before?.taken === undefined || writer.taken === undefined) return writer;
  return { ...writer, taken: [...before.taken, ...writer.taken] };
}
