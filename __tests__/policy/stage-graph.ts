import type { StageGraph } from '../../src/dockerfile/stage-graph.ts';

/** One stage on alpine and no warnings. */
export function createStageGraph(overrides: Partial<StageGraph> = {}): StageGraph {
  return {
    file: 'Dockerfile',
    text: 'FROM alpine\n',
    stages: [
      {
        index: 0,
        lines: { start: 1, end: 1 },
        baseAsWritten: 'alpine',
        base: { kind: 'image', reference: 'docker.io/library/alpine:latest' },
        instructions: [],
        edges: [],
      },
    ],
    defaultTarget: 0,
    warnings: [],
    ...overrides,
  };
}
