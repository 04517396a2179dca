import { describe, expect, it } from '@jest/globals';
import { describeTest } from '../../src/report/describe-test.ts';
import { createRecord, createStep } from '../support/build-record.ts';

const cached = createStep({ cached: true, durationMs: 0 });

describe('describeTest', () => {
  it('calls tests passed when a RUN of the test stage ran', () => {
    const test = createRecord();
    expect(describeTest('test', 0, { test, final: undefined })).toEqual({
      target: 'test',
      status: 'passed',
      durationMs: 2000,
      failures: [],
    });
  });

  it('calls them cached when all came from the build cache, in both builds', () => {
    const record = createRecord({ steps: [cached] });
    expect(describeTest('test', 0, { test: record, final: record }).status).toBe('cached');
  });

  it('calls them passed when the final build ran what the test build found cached', () => {
    const test = createRecord({ steps: [cached] });
    expect(describeTest('test', 0, { test, final: createRecord() }).status).toBe('passed');
  });

  it.each([
    ['a COPY', createStep({ instruction: 'COPY . .', name: '[test 2/2] COPY . .' })],
    ['a RUN of another stage', createStep({ stageIndex: 1 })],
  ])('says that nothing ran when there is only %s', (_, step) => {
    expect(describeTest('test', 0, { test: createRecord({ steps: [step] }), final: undefined }).status).toBe(
      'nothing-ran',
    );
  });

  it('does not take a step that was never started for one that ran', () => {
    const test = createRecord({ steps: [cached, createStep({ ran: false, durationMs: 0 })] });
    expect(describeTest('test', 0, { test, final: undefined }).status).toBe('cached');
  });

  it('goes by the name of the stage where the graph is unknown', () => {
    const { stageIndex: _stage, instruction: _instruction, lines: _lines, ...step } = createStep();
    const test = createRecord({ steps: [step] });
    expect(describeTest('Test', undefined, { test, final: undefined }).status).toBe('passed');
    expect(describeTest('other', undefined, { test, final: undefined }).status).toBe('nothing-ran');
  });

  it('tells of a failure which step it was, its line, its exit code and what it printed', () => {
    const step = createStep({ error: 'exit code: 3' });
    const failure = {
      fault: 'dockerfile',
      message: 'exit code: 3',
      step,
      lines: { start: 2, end: 4 },
      exitCode: 3,
      log: ['no'],
    } as const;
    const test = createRecord({ status: 'failed', steps: [step], failure });
    expect(describeTest('test', 0, { test, final: undefined })).toMatchObject({
      status: 'failed',
      failures: [{ step: 'RUN make test', line: 2, exitCode: 3, message: 'exit code: 3', log: ['no'] }],
    });
  });
});
