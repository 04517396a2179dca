import type { StageGraph } from './stage-graph.ts';

/**
 * The stage that `--target` means, whatever the case of the name; the default target when none is given. BuildKit
 * takes the last of two stages with one name, and no number: `--target 0` is a stage called 0, which cannot exist.
 */
export function findTarget(graph: StageGraph, name: string | undefined): number | undefined {
  if (name === undefined || name === '') return graph.defaultTarget;
  return graph.stages.findLast((stage) => stage.name === name.toLowerCase())?.index;
}
