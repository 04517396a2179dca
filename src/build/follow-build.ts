import type { BuildStep } from './build-record.ts';
import { createLogTail, type LogTail } from './log-tail.ts';
import type { Redact } from './redact.ts';
import type { SolveStatus, Vertex } from './solve-status.ts';
import { isDockerfileStep, vertexKind } from './vertex-kind.ts';

/** A vertex as far as it has got. Its texts are redacted, but for `rawName`: that is for finding the instruction. */
export type SeenStep = {
  /** Digests of the vertices that are this step. */
  readonly vertices: readonly [string, ...string[]];
  readonly name: string;
  readonly kind: BuildStep['kind'];
  readonly rawName: string;
  readonly state: 'announced' | 'running' | 'done';
  readonly cached: boolean;
  /** Milliseconds since 1970 on BuildKit's clock. */
  readonly firstStarted?: number;
  readonly lastCompleted?: number;
  /** Time in which it ran, overlapping announcements counted once; up to the last completion. */
  readonly durationMs: number;
  readonly error?: string;
  /** Last lines of its output, oldest first. */
  readonly log: readonly string[];
};

export type BuildEvent = { readonly kind: 'started' | 'done'; readonly step: SeenStep };

export type BuildFollower = {
  /** Merges one message; gives what became new by it. */
  readonly apply: (status: SolveStatus) => readonly BuildEvent[];
  /** In the order in which BuildKit announced them. */
  readonly steps: () => readonly SeenStep[];
};

/** More vertices than any Dockerfile gives; those beyond are not followed. */
const MAX_VERTICES = 20_000;
const MAX_INTERVALS = 1000;
const MAX_TEXT = 16 * 1024;

/**
 * Merges progress messages: intervals add up, the last error stands, output keeps its tail. A line of the Dockerfile is one
 * step even when it comes as several vertices: BuildKit reports that of another build too, when it runs a step for both.
 */
export function followBuild(redact: Redact): BuildFollower {
  const steps = new Map<string, MutableStep>();
  const byVertex = new Map<string, MutableStep>();
  const find = (vertex: Vertex): MutableStep | undefined => {
    const known = byVertex.get(vertex.digest);
    if (known !== undefined || byVertex.size >= MAX_VERTICES) return known;
    const key = isDockerfileStep(vertex.name) ? vertex.name : vertex.digest;
    const step = steps.get(key) ?? createStep(vertex, redact);
    if (step.vertices[0] !== vertex.digest) step.vertices.push(vertex.digest);
    steps.set(key, step);
    byVertex.set(vertex.digest, step);
    return step;
  };
  return {
    apply: ({ vertexes, logs }) => {
      for (const log of logs) byVertex.get(log.vertex)?.log.write(log.data);
      return vertexes.flatMap((vertex) => {
        const step = find(vertex);
        return step === undefined ? [] : merge(step, vertex, redact);
      });
    },
    steps: () => Array.from(steps.values(), view),
  };
}

type Interval = { readonly start: number; readonly end: number | undefined; readonly cached: boolean };

type MutableStep = {
  readonly vertices: [string, ...string[]];
  readonly name: string;
  readonly rawName: string;
  readonly kind: BuildStep['kind'];
  readonly log: LogTail;
  /** By vertex and start. */
  readonly intervals: Map<string, Interval>;
  state: SeenStep['state'];
  wasDone: boolean;
  error: string | undefined;
};

function createStep(vertex: Vertex, redact: Redact): MutableStep {
  return {
    vertices: [vertex.digest],
    name: redact(vertex.name.slice(0, MAX_TEXT)),
    rawName: vertex.name.slice(0, MAX_TEXT),
    kind: vertexKind(vertex.name.slice(0, MAX_TEXT)),
    log: createLogTail(redact),
    intervals: new Map(),
    state: 'announced',
    wasDone: false,
    error: undefined,
  };
}

function merge(step: MutableStep, vertex: Vertex, redact: Redact): readonly BuildEvent[] {
  const before = step.state;
  const { wasDone } = step;
  if (vertex.error !== undefined) step.error = redact(vertex.error.slice(0, MAX_TEXT));
  if (vertex.started === undefined) return [];
  const key = `${vertex.digest} ${vertex.started}`;
  const known = step.intervals.get(key);
  if (known !== undefined || step.intervals.size < MAX_INTERVALS) {
    const end = vertex.completed ?? known?.end;
    step.intervals.set(key, { start: vertex.started, end, cached: vertex.cached });
  }
  step.state = [...step.intervals.values()].some(({ end }) => end === undefined) ? 'running' : 'done';
  step.wasDone ||= step.state === 'done';
  // A step that is announced as cached after it ran is no news.
  if (step.state === before || (wasDone && vertex.cached)) return [];
  const seen = view(step);
  const started: BuildEvent = { kind: 'started', step: seen };
  if (step.state === 'running') return [started];
  return before === 'running' ? [{ kind: 'done', step: seen }] : [started, { kind: 'done', step: seen }];
}

function view(step: MutableStep): SeenStep {
  const intervals = [...step.intervals.values()];
  const started = intervals.map(({ start }) => start);
  const completed = intervals.map(({ end }) => end).filter((time) => time !== undefined);
  return {
    vertices: step.vertices,
    name: step.name,
    rawName: step.rawName,
    kind: step.kind,
    state: step.state,
    cached: intervals.length > 0 && intervals.every(({ cached }) => cached),
    ...(started.length === 0 ? {} : { firstStarted: Math.min(...started) }),
    ...(completed.length === 0 ? {} : { lastCompleted: Math.max(...completed) }),
    durationMs: coveredTime(intervals),
    ...(step.error === undefined ? {} : { error: step.error }),
    log: step.log.lines(),
  };
}

/** Length of the union of the finished intervals. */
function coveredTime(intervals: readonly Interval[]): number {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    if (end === undefined || end <= reached) continue;
    total += Math.max(0, end - Math.max(start, reached));
    reached = end;
  }
  return Math.round(total);
}
