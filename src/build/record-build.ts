import type { LineRange, StageGraph } from '../dockerfile/stage-graph.ts';
import type { BuildFailure, BuildRecord, BuildStep, BuiltImage } from './build-record.ts';
import { explainFailure, failingStep } from './explain-failure.ts';
import { findByLines, findByName, type InstructionPlace } from './find-instruction.ts';
import type { SeenStep } from './follow-build.ts';
import type { BuildMetadata } from './provenance.ts';
import type { SolveError } from './solve-error.ts';
import { isDockerfileStep } from './vertex-kind.ts';

/** Everything that one run of buildx left behind. */
export type FinishedBuild = {
  readonly target: string | undefined;
  /** The Dockerfile's path as the user wrote it. */
  readonly file: string;
  /** Undefined under a foreign `# syntax=`: then steps have lines but no instruction. */
  readonly graph: StageGraph | undefined;
  readonly durationMs: number;
  /** Null when a signal ended it. Only this says whether the build failed. */
  readonly exitCode: number | null;
  readonly steps: readonly SeenStep[];
  readonly solveError: SolveError;
  readonly metadata: BuildMetadata | undefined;
  readonly image: BuiltImage | undefined;
};

/** Joins events, provenance and stage graph into the record of one build. */
export function recordBuild(build: FinishedBuild): BuildRecord {
  const failed = build.exitCode !== 0;
  const failing = failed ? failingStep(build.steps, build.solveError) : undefined;
  const ordered = [...build.steps].sort((a, b) => (a.firstStarted ?? Infinity) - (b.firstStarted ?? Infinity));
  const steps = ordered.map((step) => recordStep(step, build, step === failing));
  const failure = failed ? failureOf(build, steps, failing) : undefined;
  const { target, metadata, image } = build;
  return {
    ...(target === undefined ? {} : { target }),
    status: failed ? 'failed' : 'built',
    durationMs: build.durationMs,
    steps,
    ...(failure === undefined ? {} : { failure }),
    ...(failed || metadata?.provenance === undefined ? {} : { provenance: metadata.provenance }),
    ...(failed || image === undefined ? {} : { image }),
  };
}

function recordStep(step: SeenStep, build: FinishedBuild, isFailing: boolean): BuildStep {
  const place = placeOf(step, build, isFailing ? build.solveError.lines : undefined);
  return {
    vertex: step.vertices[0],
    name: step.name,
    kind: step.kind,
    ...place,
    cached: step.cached,
    ran: step.firstStarted !== undefined,
    durationMs: step.durationMs,
    ...(step.error === undefined ? {} : { error: step.error }),
  };
}

/** Lines that BuildKit gives are exact; the name serves where it gives none, or several for one vertex. */
function placeOf(step: SeenStep, build: FinishedBuild, excerpt: LineRange | undefined): Partial<InstructionPlace> {
  if (!isDockerfileStep(step.rawName)) return {};
  const exact =
    excerpt === undefined
      ? step.vertices.flatMap((vertex) => build.metadata?.linesByVertex.get(vertex) ?? [])
      : [excerpt];
  const [lines] = exact;
  if (build.graph === undefined) return lines === undefined ? {} : { lines };
  const named = findByName(build.graph, step.rawName);
  if (lines === undefined) return named ?? {};
  if (exact.some((range) => range.start === named?.lines?.start)) return named ?? {};
  return findByLines(build.graph, lines) ?? named ?? {};
}

function failureOf(build: FinishedBuild, steps: readonly BuildStep[], failing: SeenStep | undefined): BuildFailure {
  return explainFailure({
    file: build.file,
    exitCode: build.exitCode,
    steps,
    step: steps.find((step) => step.vertex === failing?.vertices[0]),
    log: failing?.log ?? [],
    solveError: build.solveError,
  });
}
