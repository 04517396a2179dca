import { describe, expect, it } from '@jest/globals';
import { dockerfile } from '../../../src/policy/rules/dockerfile.ts';
import { createStageGraph } from '../stage-graph.ts';

describe('dockerfile', () => {
  it('passes a Dockerfile that could be read', () => {
    expect(dockerfile.check({ file: 'a/Dockerfile', graph: createStageGraph() }, {})).toEqual({
      findings: [],
      statement: 'a/Dockerfile has 1 stage and nothing that BuildKit refuses',
    });
  });

  it('leaves a syntax of its own to BuildKit', () => {
    expect(dockerfile.check({ file: 'Dockerfile', graph: undefined }, {})).toEqual({
      findings: [],
      statement: 'Dockerfile names its own syntax, which only BuildKit can judge',
    });
  });
});
