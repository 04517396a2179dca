import { expect, it } from '@jest/globals';
import { findVertexInstruction, layerInstructions, vertexStageName } from '../../src/dockerfile/layer-instructions.ts';
import { readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import type { StageGraph } from '../../src/dockerfile/stage-graph.ts';

it.each([
  ['counts FROM of an image', 'FROM a\nRUN x\nENV A=b\nCOPY a b\n', 3, ['1 FROM', '2 RUN', '3 COPY']],
  ['does not count FROM scratch', 'FROM scratch\nADD a b\nUSER 1\nWORKDIR /x\n', 2, ['1 ADD', '2 WORKDIR']],
  ['gives a WORKDIR of / no index', 'FROM a\nWORKDIR /\nRUN x\n', 3, ['1 FROM', '2 RUN']],
])('%s', (_, text, total, steps) => {
  expect(stepsOf(graphOf(text), 0)).toEqual({ total, steps });
});

it('does not count FROM of a stage', () => {
  expect(stepsOf(graphOf('FROM a AS b\nFROM b\nRUN x\n'), 1)).toEqual({ total: 1, steps: ['1 RUN'] });
});

it('counts the triggers of a local base first, those without a layer too', () => {
  const graph = graphOf('FROM a AS p\nONBUILD ENV A=b\nONBUILD RUN y\nFROM p\nRUN x\n');
  expect(stepsOf(graph, 1)).toEqual({ total: 3, steps: ['1 RUN', '2 RUN'] });
});

it('counts FROM of a build context without giving it an index', () => {
  expect(stepsOf(graphOf('FROM a\nRUN x\n', { a: 'docker-image://b' }), 0)).toEqual({ total: 2, steps: ['1 RUN'] });
});

it.each([
  ['of the only state none', 'FROM a AS x\nRUN y\n', undefined],
  ['its name in lower case', 'FROM a AS X\nRUN y\nFROM b\n', 'x'],
  ['its index where it has no name', 'FROM a\nRUN y\nFROM b\n', 'stage-0'],
  ['its index beside a hidden state', 'FROM a\nCOPY --from=b c d\n', 'stage-0'],
  ['its index beside a mount', 'FROM a\nRUN --mount=type=cache,target=/c x\n', 'stage-0'],
])('calls a stage by %s', (_, text, name) => {
  const graph = graphOf(text);
  const [stage] = graph.stages;
  expect(stage && vertexStageName(graph, stage)).toBe(name);
});

const SHOP = 'FROM a AS base\nRUN one\nRUN two $X\nFROM base AS app\nWORKDIR $DIR\nCOPY --link x y\nRUN three\n';

it.each([
  ['[base 1/3] FROM docker.io/library/a:latest', 1],
  ['[base 2/3] RUN one', 2],
  ['[base 3/3] RUN two 2', 3],
  ['[linux/amd64 base 2/3] RUN one', 2],
  ['[linux/amd64->arm64 base 3/3] RUN two', 3],
  ['[app 1/3] WORKDIR /w', 5],
  ['[app 2/3] COPY --link x y', 6],
  ['[app 2/3] LINK COPY --link x y', 6],
  // WORKDIR turned out to be / and took no index.
  ['[app 2/3] RUN three', 7],
  // The external base brought two triggers.
  ['[base 2/5] ONBUILD RUN z', 1],
  ['[base 4/5] RUN one', 2],
  ['[base  3/3] RUN two', 3],
])('finds %s on line %s', (name, line) => {
  expect(findVertexInstruction(graphOf(SHOP), name)?.instruction.lines.start).toBe(line);
});

it.each([
  '[internal] load build context',
  'exporting to image',
  '[auth] library/a:pull',
  '[nobody 1/2] RUN x',
  '[context a] b',
  '',
])('finds no instruction for %j', (name) => {
  expect(findVertexInstruction(graphOf(SHOP), name)).toBeUndefined();
});

function stepsOf(graph: StageGraph, index: number) {
  const stage = graph.stages[index];
  if (stage === undefined) throw new Error(`no stage ${index}`);
  const { total, steps } = layerInstructions(stage);
  return { total, steps: steps.map(({ vertexIndex, instruction }) => `${vertexIndex} ${instruction.keyword}`) };
}

function graphOf(text: string, buildContexts: Readonly<Record<string, string>> = {}): StageGraph {
  const options = { file: 'Dockerfile', buildArgs: {}, buildContexts, targets: [undefined], platform: 'linux/amd64' };
  const reading = readDockerfile(text, options);
  if (reading.kind !== 'graph') throw new Error(JSON.stringify(reading));
  return reading.graph;
}
