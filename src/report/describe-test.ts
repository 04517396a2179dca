import type { BuildRecord, BuildStep } from '../build/build-record.ts';
import { describeFailure } from './describe-build.ts';
import type { TestReport } from './report.ts';

/**
 * What became of the test target. `passed` needs a RUN of the test stage itself that ran in this check, in either
 * build: when both targets share the stage, the build that comes second reports it cached. No RUN at all is
 * `nothing-ran`, all from the build cache is `cached`.
 */
export function describeTest(
  target: string,
  stageIndex: number | undefined,
  { test, final }: { readonly test: BuildRecord; readonly final: BuildRecord | undefined },
): TestReport {
  const failures = test.failure === undefined ? [] : [describeFailure(test.failure)];
  const status = test.status === 'failed' ? 'failed' : testStatus(target, stageIndex, { test, final });
  return { target, status, durationMs: test.durationMs, failures };
}

function testStatus(
  target: string,
  stageIndex: number | undefined,
  { test, final }: { readonly test: BuildRecord; readonly final: BuildRecord | undefined },
): TestReport['status'] {
  const isOfTest = (step: BuildStep): boolean => isRun(step) && isOfStage(step, target, stageIndex);
  if (!test.steps.some(isOfTest)) return 'nothing-ran';
  const both = [...test.steps, ...(final?.steps ?? [])];
  return both.some((step) => isOfTest(step) && step.ran && !step.cached) ? 'passed' : 'cached';
}

function isRun({ instruction, name }: BuildStep): boolean {
  return /^(onbuild\s+)?run\b/i.test(instruction ?? name.replace(/^\[[^\]]*\] /, ''));
}

/** Without a stage graph (foreign syntax) the stage's name in front of the step is all there is. */
function isOfStage(step: BuildStep, target: string, stageIndex: number | undefined): boolean {
  if (stageIndex !== undefined) return step.stageIndex === stageIndex;
  return /^\[(?:[^\]]* )?(\S+) +\d+\/\d+\] /.exec(step.name)?.[1]?.toLowerCase() === target.toLowerCase();
}
