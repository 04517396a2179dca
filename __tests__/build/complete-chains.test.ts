import { describe, expect, it } from '@jest/globals';
import { completeChains, type ProvenanceStep } from '../../src/build/complete-chains.ts';

function step(id: string, below: string | undefined, chain: readonly string[] = []): ProvenanceStep {
  return { id, below, chain, lines: [], isImage: below === undefined };
}

describe('steps whose layers provenance leaves out', () => {
  it('have one layer more than the step below', () => {
    const steps = completeChains([step('from', undefined, ['a', 'b']), step('run', 'from'), step('copy', 'run')]);
    expect(steps.map(({ chain, depth }) => [chain.length, depth])).toEqual([
      [2, 2],
      [0, 3],
      [0, 4],
    ]);
  });

  it('have the layers of the step above but for its own', () => {
    const steps = completeChains([step('from', undefined), step('run', 'from'), step('copy', 'run', ['a', 'b', 'c'])]);
    expect(steps.map(({ chain }) => chain)).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
  });

  it('begin at one layer on scratch', () => {
    expect(completeChains([step('copy', 'scratch')])).toMatchObject([{ chain: [], depth: 1 }]);
  });

  it('are left out where nothing says how deep they lie, as sources and merges are', () => {
    expect(completeChains([step('context', undefined), step('merge', undefined), step('on top', 'merge')])).toEqual([]);
  });
});
