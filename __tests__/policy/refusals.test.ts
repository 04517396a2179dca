import { describe, expect, it } from '@jest/globals';
import { refusalCheck, refusalFindings } from '../../src/policy/refusals.ts';
import { verdictOf } from '../../src/policy/verdict.ts';

const refusals = [
  { line: 4, message: 'no stage named biuld', remedy: 'write build' },
  { message: 'no target prod', remedy: 'name a stage' },
];

describe('refusals', () => {
  it('become one error each, at their line or at the file', () => {
    const findings = refusalFindings(refusals, 'a/Dockerfile');
    expect(findings.map(({ evidence }) => evidence)).toEqual([
      [{ file: 'a/Dockerfile', line: 4 }],
      [{ file: 'a/Dockerfile' }],
    ]);
    expect(new Set(findings.map(({ rule, severity, isNew }) => `${rule} ${severity} ${isNew}`))).toEqual(
      new Set(['dockerfile error null']),
    );
  });

  it('fail the check and the verdict', () => {
    const checks = [refusalCheck(refusals, 'a/Dockerfile')];
    expect(checks[0]).toMatchObject({
      status: 'failed',
      statement: 'BuildKit would refuse a/Dockerfile: no stage named biuld, and 1 more',
    });
    expect(verdictOf({ checks, findings: refusalFindings(refusals, 'a/Dockerfile'), failOn: 'error' })).toBe('fail');
  });
});
