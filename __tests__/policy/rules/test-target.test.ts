import { describe, expect, it } from '@jest/globals';
import { testTarget } from '../../../src/policy/rules/test-target.ts';
import type { TestReport } from '../../../src/report/report.ts';

const defaults = { fresh: false, required: false };

function judgeTest(test: Partial<TestReport>, options: Partial<typeof defaults> = {}) {
  const report: TestReport = { target: 'test', status: 'passed', durationMs: 1, failures: [], ...test };
  return testTarget.check({ test: report, dockerfile: 'Dockerfile' }, { ...defaults, ...options });
}

describe('test-target', () => {
  it('passes tests that ran and passed, fresh or not', () => {
    expect(judgeTest({}, { fresh: true })).toEqual({ findings: [], statement: 'test target test ran and passed' });
  });

  it('reads no options as neither fresh nor required', () => {
    expect(testTarget.options.parse({})).toEqual(defaults);
  });

  it.each<[TestReport['status'], string, string]>([
    [
      'cached',
      'test target test passed earlier: nothing ran, all of it came from the build cache',
      '--no-cache-filter test',
    ],
    ['nothing-ran', 'test target test tests nothing: it has no RUN of its own', 'RUN the tests'],
  ])('says that a target is %s, and refuses it only when it has to be fresh', (status, statement, remedy) => {
    expect(judgeTest({ status })).toEqual({ findings: [], statement });
    const [finding] = judgeTest({ status }, { fresh: true }).findings;
    expect(finding?.message).toBe(statement);
    expect(finding?.remedy).toContain(remedy);
  });

  it('finds a target that does not exist', () => {
    expect(judgeTest({ status: 'absent' }).findings).toMatchObject([
      { message: 'test target test does not exist', remedy: expect.stringContaining('AS test') },
    ]);
  });

  it('finds each step that failed, at its line, with its exit code or else its message', () => {
    const { findings, statement } = judgeTest({
      status: 'failed',
      failures: [
        { step: 'RUN npm test', line: 12, exitCode: 1, message: 'did not complete', log: [] },
        { step: 'COPY a b', message: 'a: not found', log: [] },
      ],
    });
    expect(statement).toBe('test target test failed');
    expect(findings.map(({ message, evidence }) => ({ message, evidence }))).toEqual([
      { message: 'test target test failed at RUN npm test: exit code 1', evidence: [{ file: 'Dockerfile', line: 12 }] },
      { message: 'test target test failed at COPY a b: a: not found', evidence: [] },
    ]);
  });

  it('never passes a failed test, even without a step to blame', () => {
    expect(judgeTest({ status: 'failed' }).findings).toHaveLength(1);
  });

  it('passes an entry without test target, unless one is required', () => {
    const subject = { test: undefined, dockerfile: 'Dockerfile' };
    expect(testTarget.check(subject, defaults)).toEqual({ findings: [], statement: 'no test target is named' });
    expect(testTarget.check(subject, { ...defaults, required: true }).findings).toHaveLength(1);
  });
});
