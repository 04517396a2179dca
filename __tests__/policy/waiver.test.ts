import { describe, expect, it } from '@jest/globals';
import { isWaived, mergeWaiverReports, reportWaivers, type Waiver, waive } from '../../src/policy/waiver.ts';
import { createFinding } from '../support/report.ts';

const now = new Date('2026-11-03T12:00:00Z');
const base: Waiver = { rule: 'distroless', reason: 'needed', owner: '@team', expires: '2027-01-31' };
const finding = createFinding({
  rule: 'distroless',
  evidence: [{ path: '/busybox/sh', layer: 0 }, { path: '/bin/sh' }, { file: 'Dockerfile', line: 1 }],
});

describe('waive', () => {
  it.each<[string, Partial<Waiver>, boolean]>([
    ['of the rule without a path', {}, true],
    ['of another rule', { rule: 'nonroot' }, false],
    ['of the path', { path: '/busybox/sh' }, true],
    ['of the path without its first slash', { path: 'busybox/sh' }, true],
    ['of another path that leads to the same thing', { path: '/bin/sh' }, true],
    ['of a glob', { path: '/busybox/*' }, true],
    ['of a deep glob', { path: '/**/sh' }, true],
    ['of everything', { path: '**' }, true],
    ['of a path that is only the beginning', { path: '/busybox' }, false],
    ['of a glob that stays in one folder', { path: '/*' }, false],
    ['of a file in the repository', { path: 'Dockerfile' }, false],
    ['of a pattern that begins with a bang', { path: '!/nothing' }, false],
  ])('takes a waiver %s: %j → %s', (_, overrides, isCovered) => {
    expect(isWaived(waive(finding, [{ ...base, ...overrides }], now))).toBe(isCovered);
  });

  it('matches hidden files', () => {
    const hidden = createFinding({ rule: 'distroless', evidence: [{ path: '/root/.cache/sh' }] });
    expect(isWaived(waive(hidden, [{ ...base, path: '/root/**' }], now))).toBe(true);
  });

  it.each([
    ['2026-11-03T23:59:59.999Z', false],
    ['2026-11-04T00:00:00Z', true],
    ['2027-01-01T00:00:00Z', true],
    ['2026-01-01T00:00:00Z', false],
  ])('counts up to the end of the day that it names, UTC (%s)', (time, isExpired) => {
    const waived = waive(finding, [{ ...base, expires: '2026-11-03' }], new Date(time));
    expect(waived.waiver).toEqual({ reason: 'needed', owner: '@team', expires: '2026-11-03', isExpired });
  });

  it('prefers a waiver that counts to an expired one', () => {
    const expired = { ...base, expires: '2026-01-01', owner: '@old' };
    expect(waive(finding, [expired, base], now).waiver).toMatchObject({ owner: '@team', isExpired: false });
  });
});

describe('reportWaivers', () => {
  it('names what was used, unused and expired, in order', () => {
    const waivers = [base, { ...base, path: '/bin/zsh' }, { ...base, expires: '2026-11-02' }];
    expect(reportWaivers(waivers, [finding], now)).toEqual([
      { ...base, status: 'used' },
      { ...base, path: '/bin/zsh', status: 'unused' },
      { ...base, expires: '2026-11-02', status: 'expired' },
    ]);
  });
});

describe('mergeWaiverReports', () => {
  it('calls a waiver used when any judgement used it', () => {
    const waivers = [base, { ...base, rule: 'nonroot' }, { ...base, rule: 'max-size' }];
    const first = reportWaivers(waivers, [finding], now);
    const second = reportWaivers(waivers, [createFinding({ rule: 'nonroot' })], now);
    expect(mergeWaiverReports([first, second]).map(({ status }) => status)).toEqual(['used', 'used', 'unused']);
    expect(mergeWaiverReports([second, first])).toEqual(mergeWaiverReports([first, second]));
  });

  it('is empty when nothing was judged', () => {
    expect(mergeWaiverReports([])).toEqual([]);
  });
});
