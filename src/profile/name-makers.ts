import type { LineRange, Stage, StageGraph } from '../dockerfile/stage-graph.ts';
import { copyRegions } from '../dockerfile/writes/copy-regions.ts';
import { findMaker } from '../dockerfile/writes/find-maker.ts';
import type { Known } from '../dockerfile/writes/known.ts';
import { normalPath } from '../dockerfile/writes/region.ts';
import type { CopyWrite } from '../dockerfile/writes/write.ts';
import type { FinalChain } from './final-chain.ts';
import type { MadeBy, Profile, ProfileLayer } from './profile.ts';

/** A name of the root filesystem and the layer that gave it; with `isTree` all that stands at and below the path. */
export type Given = { readonly path: string; readonly layer: number; readonly isTree?: boolean };

/** Who made a file that a `COPY --from` of a stage brought; undefined for every other. */
export type FindMadeBy = (given: Given) => MadeBy | undefined;

type Clues = { readonly graph: StageGraph; readonly chain: FinalChain; readonly known: Known };

/** Follows files of these layers back through the stages. The layers must be of an image that the graph's chain built. */
export function makerFinder(layers: readonly ProfileLayer[], { graph, chain, known }: Clues): FindMadeBy {
  const copies = new Map(layers.map((layer) => [layer.position, copyOf(layer, chain)]));
  return ({ path, layer, isTree = false }) => {
    const copy = copies.get(layer);
    if (copy?.from?.kind !== 'stage') return undefined;
    const taken = copyRegions(copy, { path: normalPath(path), isTree });
    const maker = findMaker(graph.stages, { stage: copy.from.index, regions: taken?.regions ?? [] }, known);
    return maker && describeMaker(maker);
  };
}

/** Names the makers of the largest files. */
export function nameLargest(profile: Profile, findMadeBy: FindMadeBy): Profile {
  const largest = profile.files.largest.map((file) => ({ ...file, ...named(findMadeBy(file)) }));
  return { ...profile, files: { ...profile.files, largest } };
}

/** As a field of something else: none where nobody is named. */
export function named(madeBy: MadeBy | undefined): { readonly madeBy?: MadeBy } {
  return madeBy === undefined ? {} : { madeBy };
}

/** The COPY of the final stage, or of one under it, that made the layer. */
function copyOf({ line, instruction }: ProfileLayer, { stages }: FinalChain): CopyWrite | undefined {
  const writes = stages.flatMap((stage) => stage.writes ?? []);
  return writes
    .filter((write) => write.kind === 'copy')
    .find(({ instruction: { lines, text } }) => lines.start === line && text === instruction);
}

function describeMaker({ stage, lines }: { readonly stage: Stage; readonly lines?: LineRange }): MadeBy {
  return {
    stage: stage.name ?? String(stage.index),
    ...(lines === undefined ? {} : { line: lines.start, lineEnd: lines.end }),
  };
}
