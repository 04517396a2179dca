import type { StepLayers } from './build-record.ts';

/** A step as provenance has it, and where the root filesystem that it starts from comes from. */
export type ProvenanceStep = Omit<StepLayers, 'depth'> & {
  readonly id: string;
  /** Id of the step below; `scratch` for none; undefined where the step puts no single layer on top of one. */
  readonly below: string | undefined;
};

/**
 * BuildKit now and then leaves a step's layers out of provenance, when two builds ran it at the same time. A step that
 * changes files puts exactly one layer on the step below, so a neighbour says how many there are.
 */
export function completeChains(steps: readonly ProvenanceStep[]): readonly StepLayers[] {
  const chains = new Map(steps.filter(({ chain }) => chain.length > 0).map(({ id, chain }) => [id, chain]));
  // Steps stand in the order of their making: from the last to the first, what lies below is known by what lies above.
  for (const { id, below } of steps.toReversed()) {
    const chain = chains.get(id);
    if (chain !== undefined && below !== undefined && !chains.has(below)) chains.set(below, chain.slice(0, -1));
  }
  const depths = new Map([['scratch', 0], ...[...chains].map(([id, { length }]) => [id, length] as const)]);
  for (const { id, below } of steps) {
    const depth = below === undefined ? undefined : depths.get(below);
    if (depth !== undefined && !depths.has(id)) depths.set(id, depth + 1);
  }
  return steps.flatMap(({ id, lines, isImage }) => {
    const depth = depths.get(id) ?? 0;
    return depth === 0 ? [] : [{ chain: chains.get(id) ?? [], depth, lines, isImage }];
  });
}
