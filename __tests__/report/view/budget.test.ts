import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatShare, layOutBar, readBudgets } from '../../../src/report/view/budget.ts';
import { createCheck } from '../../support/report.ts';

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [0.29, '29 %'],
    [0.9999, '99 %'],
    [1, '100 %'],
    [1.0001, '101 %'],
    [1.36, '136 %'],
    [89.25, '> 999 %'],
  ])('writes %d as %s, so that what is over never reads 100 %%', (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });
});

describe('the order of budgets', () => {
  it('puts the size first, whatever the order of the checks', () => {
    const measure = { actual: 1, limit: 2, unit: 'count' } as const;
    const checks = ['nonroot', 'max-layers', 'max-growth', 'max-size'].map((rule) =>
      createCheck(rule === 'nonroot' ? { rule } : { rule, measure }),
    );
    const rules = readBudgets(checks).map(({ rule }) => rule);
    expect(rules.filter((rule) => rule !== 'nonroot')).toEqual(['max-size', 'max-growth', 'max-layers']);
  });
});

describe('layOutBar', () => {
  it.each([
    [0, { filled: 0, over: 0, empty: 10 }],
    [0.001, { filled: 1, over: 0, empty: 9 }],
    [0.99, { filled: 9, over: 0, empty: 1 }],
    [1, { filled: 10, over: 0, empty: 0 }],
    [1.001, { filled: 9, over: 1, empty: 0 }],
    [2, { filled: 5, over: 5, empty: 0 }],
    [1000, { filled: 1, over: 9, empty: 0 }],
  ])('draws a share of %d', (share, expected) => {
    expect(layOutBar(share, 10)).toEqual(expected);
  });

  it('always has as many cells as asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 40 }), (share, cells) => {
        const { filled, over, empty } = layOutBar(share, cells);
        expect(filled + over + empty).toBe(cells);
        expect(over > 0).toBe(share > 1);
      }),
    );
  });
});

describe('readBudgets', () => {
  it('takes only checks that have a measure', () => {
    const budgets = readBudgets([createCheck(), createCheck({ rule: 'nonroot' })]);
    expect(budgets.map(({ rule }) => rule)).toEqual(['max-size']);
  });

  it.each([
    [{ actual: -2, limit: 5, unit: 'percent' }, 'passed', { share: 0, state: 'within' }],
    [{ actual: null, limit: 5, unit: 'bytes' }, 'not-judged', { share: null, state: 'unknown' }],
    [{ actual: 1, limit: 0, unit: 'count' }, 'failed', { share: 2, state: 'over' }],
    [{ actual: 95, limit: 100, unit: 'bytes' }, 'passed', { share: 0.95, state: 'near' }],
    [{ actual: 150, limit: 100, unit: 'bytes' }, 'waived', { share: 1.5, state: 'waived' }],
  ] as const)('reads %j with status %s', (measure, status, expected) => {
    expect(readBudgets([createCheck({ measure, status })])[0]).toMatchObject(expected);
  });
});
