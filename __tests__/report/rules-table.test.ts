import { describe, expect, it } from '@jest/globals';
import { renderRules } from '../../src/report/rules-table.ts';

describe('renderRules', () => {
  it('lists rules in the given order in columns', () => {
    const rules = [
      { id: 'max-size', severity: 'off', summary: 'The image is no larger than its budget.', options: 'limit' },
      { id: 'nonroot', severity: 'error', summary: 'The image runs as a user that is not root.', options: '' },
    ] as const;
    expect(renderRules(rules, { color: false, width: 80 })).toBe(
      [
        'RULE      DEFAULT  OPTIONS  WHAT IT HOLDS',
        'max-size  off      limit    The image is no larger than its budget.',
        'nonroot   error             The image runs as a user that is not root.',
        '',
      ].join('\n'),
    );
  });
});
