import type { BuildFailure, BuildRecord, BuildStep } from '../build/build-record.ts';
import { isCancelled } from '../build/explain-failure.ts';
import type { StageGraph } from '../dockerfile/stage-graph.ts';
import type { BuildReport, Failure, StepReport } from './report.ts';

/** The build of a final target as the report tells it: only steps that stand in the Dockerfile, in the order they ran. */
export function describeBuild(record: BuildRecord, graph: StageGraph | undefined): BuildReport {
  return {
    ...(record.target === undefined ? {} : { target: record.target }),
    durationMs: record.durationMs,
    steps: record.steps.filter((step) => step.kind === 'instruction').map((step) => describeStep(step, graph)),
    ...(record.failure === undefined ? {} : { failure: describeFailure(record.failure) }),
  };
}

/** Which step failed and how; without a step (the daemon went away) BuildKit's own message stands in its place. */
export function describeFailure({ step, lines, message, hint, exitCode, log }: BuildFailure): Failure {
  return {
    step: step?.instruction ?? step?.name ?? message,
    ...(lines === undefined ? {} : { line: lines.start }),
    ...(exitCode === undefined ? {} : { exitCode }),
    message,
    ...(hint === undefined ? {} : { hint }),
    log: [...log],
  };
}

function describeStep(step: BuildStep, graph: StageGraph | undefined): StepReport {
  const stage = step.stageIndex === undefined ? undefined : graph?.stages[step.stageIndex];
  return {
    ...(stage === undefined ? {} : { stage: stage.name ?? String(stage.index) }),
    instruction: step.instruction ?? step.name,
    ...(step.lines === undefined ? {} : { line: step.lines.start }),
    cached: step.cached,
    durationMs: step.durationMs,
    ...(step.error === undefined || isCancelled(step.error) ? {} : { error: step.error }),
  };
}
