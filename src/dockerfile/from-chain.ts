import type { Source, Stage, StageGraph } from './stage-graph.ts';

/** The stages from this one down its FROM lines, itself first, and what the last of them starts from: never a stage. */
export type FromChain = {
  readonly stages: readonly Stage[];
  readonly bottom: Exclude<Source, { readonly kind: 'stage' }>;
};

/** Follows FROM from a stage to the image, build context or scratch under it; a stage that is not there is a bug of the caller. */
export function fromChain(graph: StageGraph, stageIndex: number): FromChain {
  const stages: Stage[] = [];
  let index = stageIndex;
  for (;;) {
    const stage = graph.stages[index];
    if (stage === undefined) throw new RangeError(`no stage ${index} in ${graph.file}`);
    stages.push(stage);
    if (stage.base.kind !== 'stage') return { stages, bottom: stage.base };
    // A FROM can only name a stage above it, so this ends; a graph made by hand might not.
    if (stage.base.index >= index) throw new RangeError(`stage ${index} of ${graph.file} is based on a later one`);
    index = stage.base.index;
  }
}
