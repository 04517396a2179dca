import { describe, expect, it } from '@jest/globals';
import { readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import type { StageGraph } from '../../src/dockerfile/stage-graph.ts';
import { stageRoles } from '../../src/measure.ts';
import { describeStages } from '../../src/report/describe-stages.ts';
import { createRecord, createStep } from '../support/build-record.ts';

const text = [
  'FROM golang:1.25 AS build',
  'RUN make',
  'FROM build AS test',
  'RUN make test',
  'FROM alpine AS unused',
  'FROM scratch AS final',
  'COPY --from=build /out /',
  'COPY --from=nginx /etc/nginx /etc/nginx',
].join('\n');

function graphOf(dockerfile: string): StageGraph {
  const options = {
    file: 'Dockerfile',
    buildArgs: {},
    buildContexts: {},
    targets: [undefined],
    platform: 'linux/amd64',
  };
  const reading = readDockerfile(dockerfile, options);
  if (reading.kind !== 'graph') throw new Error('refused');
  return reading.graph;
}

const graph = graphOf(text);
const roles = stageRoles(graph, { testTarget: 'test' });

describe('describeStages', () => {
  it('says of each stage its base, its line, its role and whether it is needed', () => {
    const stages = describeStages(graph, roles, []);
    expect(
      stages.map(({ name, base, line, isFinal, isTest, isNeeded }) => [name, base, line, isFinal, isTest, isNeeded]),
    ).toEqual([
      ['build', 'golang:1.25', 1, false, false, true],
      ['test', 'build', 3, false, true, true],
      ['unused', 'alpine', 5, false, false, false],
      ['final', 'scratch', 6, true, false, true],
    ]);
  });

  it('says what each takes from where', () => {
    expect(describeStages(graph, roles, [])[3]?.dependsOn).toEqual([
      { by: 'from', image: 'scratch', line: 6 },
      { by: 'copy', stage: 0, line: 7 },
      { by: 'copy', image: 'nginx', line: 8 },
    ]);
  });

  it('counts a step that both builds share once, in the build that ran it', () => {
    const ran = createStep({ stageIndex: 0, durationMs: 700 });
    const seen = createStep({ stageIndex: 0, durationMs: 0, cached: true });
    const [build] = describeStages(graph, roles, [createRecord({ steps: [seen] }), createRecord({ steps: [ran] })]);
    expect(build).toMatchObject({ durationMs: 700, cached: false });
  });

  it('has no time for a stage that did not run', () => {
    expect(describeStages(graph, roles, [createRecord()])[2]).not.toHaveProperty('durationMs');
  });
});
