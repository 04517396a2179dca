import { describe, expect, it } from '@jest/globals';
import { isNewFinding } from '../../src/policy/newness.ts';

const about = (message: string, path?: string) => ({
  rule: 'r',
  message,
  evidence: path === undefined ? [{ file: 'Dockerfile', line: 3 }] : [{ layer: 1 }, { path }],
});

describe('isNewFinding', () => {
  it.each([
    ['the same message', about('runs as uid 0 (root)'), about('runs as uid 0 (root)'), false],
    ['the same message on another line', about('root, set on line 9'), about('root, set on line 12'), false],
    ['a size in another unit', about('1.2 MB over'), about('940.0 kB over'), false],
    ['another percentage', about('grew by +2.1 %'), about('grew by −0.3 %'), false],
    ['another message', about('VERSION is not declared'), about('TAG is not declared'), true],
    ['the same path in other words', about('a', '/bin/sh'), about('b', '/bin/sh'), false],
    ['another path in the same words', about('a', '/bin/sh'), about('a', '/bin/ash'), true],
  ])('judges %s', (_, finding, known, isNew) => {
    expect(isNewFinding(finding, [known])).toBe(isNew);
  });
});
