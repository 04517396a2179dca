import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findVertexInstruction, layerInstructions } from '../../src/dockerfile/layer-instructions.ts';
import { neededStages } from '../../src/dockerfile/needed-stages.ts';
import { readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import type { DockerfileReading, StageGraph } from '../../src/dockerfile/stage-graph.ts';
import { repository } from '../support/engine.ts';
import { type Build, buildx, vertexNames } from './buildx.ts';
import { ACCEPTED, REFUSED } from './nasty-dockerfiles.ts';

const CONTEXT = join(repository, '__tests__/fixtures/dockerfile/context');
const MINUTES = 60_000;

type Listed = {
  readonly name?: string;
  readonly default?: boolean;
  readonly base?: string;
  readonly location: { readonly ranges: readonly { readonly start: { readonly line: number } }[] };
};

describe.each(ACCEPTED)('$title', (dockerfile) => {
  const graph = graphOf(dockerfile);
  const build = { ...dockerfile, context: CONTEXT };

  it(
    'is built by BuildKit',
    async () => {
      const { exitCode, stderr } = await buildx(build);
      expect(exitCode === 0 ? '' : stderr).toBe('');
    },
    2 * MINUTES,
  );

  it('has the stages that --call=targets lists', () => expectTargets(build, graph), 2 * MINUTES);

  it('needs for every target the stages whose vertices BuildKit has', () => expectVertices(build, graph), 5 * MINUTES);
});

it.each(REFUSED)(
  '$title is refused by BuildKit for that reason',
  async (dockerfile) => {
    const { exitCode, stderr } = await buildx({ ...dockerfile, context: CONTEXT });
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(dockerfile.says);
  },
  2 * MINUTES,
);

const examples = readdirSync(join(repository, 'examples')).filter((name) =>
  existsSync(join(repository, 'examples', name, 'Dockerfile')),
);

describe.each(examples)('examples/%s', (name) => {
  const context = join(repository, 'examples', name);
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8');
  const graph = graphOf({ text });

  it('has the stages that --call=targets lists', () => expectTargets({ text, context }, graph), 2 * MINUTES);

  it(
    'needs for every target the stages whose vertices BuildKit has',
    () => expectVertices({ text, context }, graph),
    20 * MINUTES,
  );
});

function graphOf(dockerfile: Omit<Build, 'context'>): StageGraph {
  const reading = readFor(dockerfile);
  if (reading.kind !== 'graph') throw new Error(`no graph: ${JSON.stringify(reading)}`);
  return reading.graph;
}

function readFor(dockerfile: Omit<Build, 'context'>): DockerfileReading {
  return readDockerfile(dockerfile.text, {
    file: 'Dockerfile',
    buildArgs: dockerfile.buildArgs ?? {},
    buildContexts: dockerfile.buildContexts ?? {},
    targets: [dockerfile.target],
    platform: 'linux/amd64',
  });
}

async function expectTargets(build: Build, graph: StageGraph): Promise<void> {
  const { stdout } = await buildx({ ...build, options: ['--call=targets,format=json'] });
  const listed: { readonly targets: readonly Listed[] } = JSON.parse(stdout);
  expect(graph.stages.map((stage) => [stage.name ?? '', stage.baseAsWritten, stage.lines.start])).toEqual(
    listed.targets.map((target) => [target.name ?? '', target.base ?? '', target.location.ranges[0]?.start.line]),
  );
  expect(listed.targets.findIndex((target) => target.default)).toBe(graph.defaultTarget);
}

/** Stages without a step of their own leave no vertex, and equal FROM steps of two stages are one vertex: neither is looked for. */
async function expectVertices(build: Build, graph: StageGraph): Promise<void> {
  for (const target of targetsOf(graph, build.target)) {
    const { exitCode, stderr } = await buildx({ ...build, ...(target.name !== undefined && { target: target.name }) });
    if (exitCode !== 0 && target.name !== build.target) continue;
    expect(readFor({ ...build, ...(target.name !== undefined && { target: target.name }) }).kind).toBe('graph');
    const found = vertexNames(stderr).flatMap((name) => {
      const vertex = findVertexInstruction(graph, name);
      if (isStep(name)) expect([name, vertex === undefined]).toEqual([name, false]);
      if (vertex !== undefined) expect(name).toContain(keywordOf(vertex.instruction.keyword));
      return vertex === undefined ? [] : [vertex.stage.index];
    });
    const needed = neededStages(graph, [target.index]);
    const leaving = [...needed].filter((index) => leavesVertex(graph, index));
    expect([target.index, [...needed].sort()]).toEqual([target.index, expect.arrayContaining([...new Set(found)])]);
    expect([target.index, [...new Set(found)].sort()]).toEqual([target.index, expect.arrayContaining(leaving)]);
  }
}

function targetsOf(
  graph: StageGraph,
  chosen: string | undefined,
): readonly { readonly name: string | undefined; readonly index: number }[] {
  const named = graph.stages.filter(
    (stage) => stage.name !== undefined && graph.stages.findLast(({ name }) => name === stage.name) === stage,
  );
  const others = chosen === undefined ? [{ name: undefined, index: graph.defaultTarget }] : [];
  return [...named.map(({ name, index }) => ({ name, index })), ...others];
}

function leavesVertex(graph: StageGraph, index: number): boolean {
  const stage = graph.stages[index];
  return (
    stage !== undefined && layerInstructions(stage).steps.some(({ instruction }) => instruction.keyword !== 'FROM')
  );
}

/** FROM left out: builds that run at once share its vertex, which then has the name that the first of them gave it. */
function isStep(name: string): boolean {
  return /^\[[^\]]*\d+\/\d+\] (?!FROM )/.test(name);
}

function keywordOf(keyword: string): string {
  return keyword === 'FROM' ? '] ' : keyword;
}
