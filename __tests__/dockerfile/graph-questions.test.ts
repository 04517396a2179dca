import { expect, it } from '@jest/globals';
import { findTarget } from '../../src/dockerfile/find-target.ts';
import { fromChain } from '../../src/dockerfile/from-chain.ts';
import { neededStages } from '../../src/dockerfile/needed-stages.ts';
import { readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import type { StageGraph } from '../../src/dockerfile/stage-graph.ts';

const graph = graphOf(`
FROM golang:1 AS base
FROM base AS Build
RUN make
FROM base AS test
COPY --from=build /f /f
FROM node AS assets
FROM gcr.io/distroless/static
COPY --from=build /f /f
`);

it.each([
  ['the default target', 4, [0, 1, 4]],
  ['a stage that copies', 2, [0, 1, 2]],
  ['a stage alone', 3, [3]],
])('counts for %s what it needs', (_, target, needed) => {
  expect([...neededStages(graph, [target])].sort()).toEqual(needed);
});

it('counts for several targets the stages of all', () => {
  expect([...neededStages(graph, [3, 2])].sort()).toEqual([0, 1, 2, 3]);
});

it.each([
  [undefined, 4],
  ['', 4],
  ['build', 1],
  ['BUILD', 1],
  ['0', undefined],
  ['nothing', undefined],
])('finds for --target %s the stage %s', (name, index) => {
  expect(findTarget(graph, name)).toBe(index);
});

it('finds the last of two stages with one name', () => {
  expect(findTarget(graphOf('FROM a AS x\nFROM b AS x\nFROM c\n'), 'x')).toBe(1);
});

it('follows FROM down to what is no stage', () => {
  const chain = fromChain(graph, 2);
  expect(chain.stages.map((stage) => stage.index)).toEqual([2, 0]);
  expect(chain.bottom).toEqual({ kind: 'image', reference: 'golang:1' });
});

it('ends a chain of FROM at scratch or at a build context', () => {
  expect(fromChain(graphOf('FROM scratch\nCOPY a /\n'), 0).bottom).toEqual({ kind: 'scratch' });
  const replaced = graphOf('FROM a AS x\nFROM x\n', { x: 'docker-image://b' });
  expect(fromChain(replaced, 1).bottom).toEqual({ kind: 'context', name: 'x', value: 'docker-image://b' });
});

it('throws for a stage that is not there', () => {
  expect(() => fromChain(graph, 9)).toThrow(RangeError);
});

function graphOf(text: string, buildContexts: Readonly<Record<string, string>> = {}): StageGraph {
  const options = { file: 'Dockerfile', buildArgs: {}, buildContexts, targets: [undefined], platform: 'linux/amd64' };
  const reading = readDockerfile(text, options);
  if (reading.kind !== 'graph') throw new Error(JSON.stringify(reading));
  return reading.graph;
}
