import { describe, expect, it } from '@jest/globals';
import type { Check, Finding } from '../../src/policy/finding.ts';
import { type FailOn, verdictOf } from '../../src/policy/verdict.ts';
import type { Verdict } from '../../src/report/report.ts';
import { createCheck, createFinding } from '../support/report.ts';

const waiver = { reason: 'r', owner: 'o', expires: '2027-01-31', isExpired: false };
const error = createFinding({ severity: 'error' });
const warning = createFinding({ severity: 'warning' });
const waived = createFinding({ severity: 'error', waiver });
const expired = createFinding({ severity: 'error', waiver: { ...waiver, isExpired: true } });
const unjudged = createCheck({ severity: 'error', status: 'not-judged' });
const unjudgedWarning = createCheck({ severity: 'warning', status: 'not-judged' });

describe('verdictOf', () => {
  it.each<[string, Finding[], Check[], Record<FailOn, Verdict>]>([
    ['nothing', [], [createCheck()], { error: 'pass', warning: 'pass', never: 'pass' }],
    ['an error', [error], [], { error: 'fail', warning: 'fail', never: 'pass' }],
    ['a warning', [warning], [], { error: 'pass', warning: 'fail', never: 'pass' }],
    ['a waived error', [waived], [], { error: 'pass', warning: 'pass', never: 'pass' }],
    ['an error whose waiver expired', [expired], [], { error: 'fail', warning: 'fail', never: 'pass' }],
    ['an error that could not be judged', [], [unjudged], { error: 'error', warning: 'error', never: 'pass' }],
    ['a warning that could not be judged', [], [unjudgedWarning], { error: 'pass', warning: 'error', never: 'pass' }],
    ['an error and something not judged', [error], [unjudged], { error: 'fail', warning: 'fail', never: 'pass' }],
    ['a warning and something not judged', [warning], [unjudged], { error: 'error', warning: 'fail', never: 'pass' }],
  ])('judges %s by what has to fail', (_, findings, checks, verdicts) => {
    for (const failOn of ['error', 'warning', 'never'] as const) {
      expect({ failOn, verdict: verdictOf({ checks, findings, failOn }) }).toEqual({
        failOn,
        verdict: verdicts[failOn],
      });
    }
  });

  it('fails a Dockerfile that does not build, whatever has to fail', () => {
    expect(verdictOf({ checks: [], findings: [], failOn: 'never', couldNotBuild: 'dockerfile' })).toBe('fail');
  });

  it('cannot judge where the machinery failed, unless a fault is certain already', () => {
    const given = { checks: [], failOn: 'error', couldNotBuild: 'infrastructure' } as const;
    expect(verdictOf({ ...given, findings: [] })).toBe('error');
    expect(verdictOf({ ...given, findings: [error] })).toBe('fail');
  });
});
