import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineRule, type RawFinding, type RuleResult, type RuleSeverity } from '../../src/policy/define-rule.ts';
import { type Case, judge } from '../../src/policy/judge.ts';
import { createFinding } from '../support/report.ts';
import { createImageSubject } from './subjects.ts';

const page = { why: '', counts: [], fix: [], config: [] };
const found: RawFinding = { message: 'found', evidence: [{ path: '/bin/sh' }], remedy: 'mend it', origin: 'own' };
const waiver = { rule: 'fake', reason: 'r', owner: 'o', expires: '2026-11-03' };
const now = new Date('2026-11-03T00:00:00Z');

function fakeRule(result: Partial<RuleResult> = {}, severity: RuleSeverity = 'error') {
  return defineRule({
    id: 'fake',
    summary: 'A rule for tests.',
    severity,
    needs: 'image',
    options: z.strictObject({ word: z.string().default('none') }),
    page,
    check: (_, { word }) => ({ findings: [], statement: `word ${word}`, ...result }),
  });
}

function judgeFake(rule: ReturnType<typeof fakeRule>, given: Partial<Case> = {}) {
  return judge({
    subjects: { image: createImageSubject() },
    settings: new Map(),
    waivers: [],
    now,
    rules: [rule],
    ...given,
  });
}

describe('judge', () => {
  it('states what passed, with default severity and default options', () => {
    expect(judgeFake(fakeRule())).toEqual({
      checks: [{ rule: 'fake', severity: 'error', status: 'passed', statement: 'word none' }],
      findings: [],
      waivers: [],
    });
  });

  it('gives rules the severity and the options of the settings', () => {
    const settings = new Map([['fake', { severity: 'warning' as const, options: { word: 'set' } }]]);
    const { checks, findings } = judgeFake(fakeRule({ findings: [found] }), { settings });
    expect(checks).toMatchObject([{ severity: 'warning', status: 'failed', statement: 'word set' }]);
    expect(findings).toEqual([{ rule: 'fake', severity: 'warning', ...found, isNew: null }]);
  });

  it.each<[string, Partial<Case>]>([
    ['that is off', { settings: new Map([['fake', { severity: 'off', options: {} }]]) }],
    ['whose subject is not there', { subjects: {} }],
  ])('leaves out a rule %s', (_, given) => {
    expect(judgeFake(fakeRule({ findings: [found] }), given)).toEqual({ checks: [], findings: [], waivers: [] });
  });

  it('leaves out a rule that is off by default', () => {
    expect(judgeFake(fakeRule({}, 'off')).checks).toEqual([]);
  });

  it('throws for options that the rule does not take', () => {
    const settings = new Map([['fake', { severity: 'error' as const, options: { wrod: 1 } }]]);
    expect(() => judgeFake(fakeRule(), { settings })).toThrow(z.ZodError);
  });

  it('says what could not be judged, and what to do', () => {
    const { checks } = judgeFake(fakeRule({ cannotJudge: { hint: 'use another builder' } }));
    expect(checks).toMatchObject([{ status: 'not-judged', hint: 'use another builder' }]);
  });

  it('keeps a fault that was found where not everything could be judged', () => {
    const { checks } = judgeFake(fakeRule({ findings: [found], cannotJudge: { hint: 'h' } }));
    expect(checks).toMatchObject([{ status: 'failed', hint: 'h' }]);
  });

  it('is waived when every finding is, and reports the waiver as used', () => {
    const { checks, findings, waivers } = judgeFake(fakeRule({ findings: [found] }), { waivers: [waiver] });
    expect(checks).toMatchObject([{ status: 'waived' }]);
    expect(findings).toMatchObject([{ waiver: { owner: 'o', isExpired: false } }]);
    expect(waivers).toMatchObject([{ rule: 'fake', status: 'used' }]);
  });

  it('fails when one of two findings is not waived', () => {
    const other = { ...found, evidence: [{ path: '/bin/ash' }] };
    const waivers = [{ ...waiver, path: '/bin/sh' }];
    expect(judgeFake(fakeRule({ findings: [found, other] }), { waivers }).checks).toMatchObject([{ status: 'failed' }]);
  });

  it('fails and shows the waiver when it expired', () => {
    const waivers = [{ ...waiver, expires: '2026-11-02' }];
    const judged = judgeFake(fakeRule({ findings: [found] }), { waivers });
    expect(judged.checks).toMatchObject([{ status: 'failed' }]);
    expect(judged.findings).toMatchObject([{ waiver: { isExpired: true } }]);
    expect(judged.waivers).toMatchObject([{ status: 'expired' }]);
  });

  it.each([
    ['nothing', [], true],
    [
      'the same path',
      [createFinding({ rule: 'fake', message: 'other words', evidence: [{ path: '/bin/sh' }] })],
      false,
    ],
    ['another path', [createFinding({ rule: 'fake', evidence: [{ path: '/bin/bash' }] })], true],
    ['the same path by another rule', [createFinding({ rule: 'other', evidence: [{ path: '/bin/sh' }] })], true],
  ])('calls a finding new against a baseline with %s accordingly', (_, baselineFindings, isNew) => {
    expect(judgeFake(fakeRule({ findings: [found] }), { baselineFindings }).findings).toMatchObject([{ isNew }]);
  });

  it('does not call a budget new because its numbers moved', () => {
    const over = (size: string) => `the image is ${size} unpacked, 1.0 MB over its budget of 60.0 MB`;
    const rule = fakeRule({ findings: [{ ...found, evidence: [{ layer: 3 }], message: over('61.0 MB') }] });
    const baselineFindings = [createFinding({ rule: 'fake', evidence: [], message: over('999.9 kB') })];
    expect(judgeFake(rule, { baselineFindings }).findings).toMatchObject([{ isNew: false }]);
  });

  it('judges all rules of an image that is as it should be', () => {
    const { checks, findings } = judge({
      subjects: { image: createImageSubject() },
      settings: new Map(),
      waivers: [],
      now,
    });
    expect(checks).toMatchObject([{ rule: 'nonroot', status: 'passed' }]);
    expect(findings).toEqual([]);
  });
});
