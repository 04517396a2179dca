import { z } from 'zod';
import type { Failure, TestReport } from '../../report/report.ts';
import { defineRule, type RawFinding } from '../define-rule.ts';
import { lineEvidence } from '../layer-evidence.ts';
import { page } from '../pages/test-target.ts';

/** Holds the test target to have existed, run and passed. */
export const testTarget = defineRule({
  id: 'test-target',
  summary: 'The test target exists, ran and passed.',
  severity: 'error',
  needs: 'test',
  options: z.strictObject({
    fresh: z
      .boolean()
      .default(false)
      .describe('Refuse tests that did not run in this check: all from the build cache, or nothing to run.'),
    required: z.boolean().default(false).describe('Refuse an image entry that names no test target.'),
  }),
  page,
  check: ({ test, dockerfile }, { fresh, required }) => {
    if (test === undefined) return { findings: required ? [unnamed] : [], statement: 'no test target is named' };
    return { findings: findFaults(test, { fresh, dockerfile }), statement: statements[test.status](test) };
  },
});

const unnamed: RawFinding = {
  message: 'no test target is named',
  evidence: [],
  remedy: 'name the stage that runs the tests as `test-target`',
  origin: 'own',
};

const statements: Readonly<Record<TestReport['status'], (test: TestReport) => string>> = {
  passed: ({ target }) => `test target ${target} ran and passed`,
  failed: ({ target }) => `test target ${target} failed`,
  cached: ({ target }) => `test target ${target} passed earlier: nothing ran, all of it came from the build cache`,
  'nothing-ran': ({ target }) => `test target ${target} tests nothing: it has no RUN of its own`,
  absent: ({ target }) => `test target ${target} does not exist`,
};

function findFaults(test: TestReport, { fresh, dockerfile }: { fresh: boolean; dockerfile: string }): RawFinding[] {
  const fault: Omit<RawFinding, 'remedy'> = { message: statements[test.status](test), evidence: [], origin: 'own' };
  switch (test.status) {
    case 'passed':
      return [];
    case 'cached':
      return fresh
        ? [
            {
              ...fault,
              remedy: `build the stage anew with \`--no-cache-filter ${test.target}\`, in the Action with \`no-cache-filters: ${test.target}\``,
            },
          ]
        : [];
    case 'nothing-ran':
      return fresh ? [{ ...fault, remedy: `let the stage ${test.target} RUN the tests` }] : [];
    case 'absent':
      return [{ ...fault, remedy: `add a stage \`FROM … AS ${test.target}\`, or name the one that runs the tests` }];
    case 'failed':
      return test.failures.length === 0
        ? [{ ...fault, remedy: 'see the log of the build' }]
        : test.failures.map((failure) => failed(failure, test.target, dockerfile));
  }
}

function failed({ step, line, exitCode, message }: Failure, target: string, dockerfile: string): RawFinding {
  const where = lineEvidence(dockerfile, line);
  const how = exitCode === undefined ? message : `exit code ${exitCode}`;
  return {
    message: `test target ${target} failed at ${step}: ${how}`,
    evidence: where.line === undefined ? [] : [where],
    remedy: `mend the tests, or run them alone: \`docker buildx build --target ${target}\``,
    origin: 'own',
  };
}
