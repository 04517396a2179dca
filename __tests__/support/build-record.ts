import type { BuildRecord, BuildStep } from '../../src/build/build-record.ts';

/** A RUN at line 2 of the first stage that ran for a second. */
export function createStep(overrides: Partial<BuildStep> = {}): BuildStep {
  return {
    vertex: 'sha256:1',
    name: '[test 2/2] RUN make test',
    kind: 'instruction',
    stageIndex: 0,
    instruction: 'RUN make test',
    lines: { start: 2, end: 2 },
    cached: false,
    ran: true,
    durationMs: 1000,
    ...overrides,
  };
}

/** A build of two seconds that ended well. */
export function createRecord(overrides: Partial<BuildRecord> = {}): BuildRecord {
  return { status: 'built', durationMs: 2000, steps: [createStep()], ...overrides };
}
