import { readFileSync } from 'node:fs';
import { type BuildEvent, followBuild, type SeenStep } from '../../src/build/follow-build.ts';
import { splitJsonStream } from '../../src/build/json-stream.ts';
import type { Redact } from '../../src/build/redact.ts';
import { readSolveStatus } from '../../src/build/solve-status.ts';
import { readDockerfile } from '../../src/dockerfile/read-dockerfile.ts';
import type { StageGraph } from '../../src/dockerfile/stage-graph.ts';

/** A file recorded from a real engine. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/build/${name}`, import.meta.url), 'utf8');
}

export function stageGraph(text: string, file = 'Dockerfile'): StageGraph {
  const reading = readDockerfile(text, {
    file,
    buildArgs: {},
    buildContexts: {},
    targets: [undefined],
    platform: 'linux/amd64',
  });
  if (reading.kind !== 'graph') throw new Error(`no graph: ${JSON.stringify(reading)}`);
  return reading.graph;
}

export type Followed = {
  readonly steps: readonly SeenStep[];
  readonly events: readonly BuildEvent[];
  readonly text: readonly string[];
};

/** What a build's standard error comes to. */
export function follow(stderr: string, redact: Redact = (text) => text): Followed {
  const follower = followBuild(redact);
  const events: BuildEvent[] = [];
  const text: string[] = [];
  const stream = splitJsonStream({
    onValue: (value) => {
      const status = readSolveStatus(value);
      if (status) events.push(...follower.apply(status));
    },
    onText: (line) => text.push(line),
  });
  stream.write(stderr);
  stream.end();
  return { steps: follower.steps(), events, text };
}
