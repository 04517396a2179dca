import type { StageGraph } from './stage-graph.ts';

/** The indexes of the stages that BuildKit builds for these targets: the targets, their bases, and what they copy or mount. */
export function neededStages(graph: StageGraph, targetIndexes: readonly number[]): ReadonlySet<number> {
  const needed = new Set<number>();
  const open = [...targetIndexes];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (needed.has(index)) continue;
    needed.add(index);
    for (const { source } of graph.stages[index]?.edges ?? []) {
      if (source.kind === 'stage') open.push(source.index);
    }
  }
  return needed;
}
