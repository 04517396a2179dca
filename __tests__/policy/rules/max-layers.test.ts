import { describe, expect, it } from '@jest/globals';
import { maxLayers } from '../../../src/policy/rules/max-layers.ts';
import { createProfile, createProfileLayer } from '../../support/profile.ts';
import { createImageSubject } from '../subjects.ts';

describe('max-layers', () => {
  it('counts own layers only and passes as many as the limit', () => {
    expect(maxLayers.check(createImageSubject(), { limit: 3 })).toEqual({
      findings: [],
      statement: '3 of 3 own layers',
      measure: { actual: 3, limit: 3, unit: 'count' },
    });
  });

  it('points at every own layer when there are too many', () => {
    const [finding] = maxLayers.check(createImageSubject(), { limit: 2 }).findings;
    expect(finding).toMatchObject({
      message: 'the Dockerfile adds 3 layers, 1 over its budget of 2',
      origin: 'own',
      evidence: [{ line: 20 }, { line: 21 }, { line: 22 }],
    });
  });

  it('lists at most twenty of them', () => {
    const layers = Array.from({ length: 60 }, (_, position) => createProfileLayer({ position }));
    const [finding] = maxLayers.check(createImageSubject({ profile: createProfile({ layers }) }), {
      limit: 1,
    }).findings;
    expect(finding?.evidence).toHaveLength(20);
  });

  it.each([
    ['passes when there is room even for layers of unknown origin', 1, 1, 2, 'passed'],
    ['does not judge when layers of unknown origin decide', 1, 2, 2, 'not judged'],
    ['fails when the own layers alone are too many', 3, 2, 2, 'failed'],
  ])('%s', (_, own, unknown, limit, outcome) => {
    const origins = [...Array(own).fill('own' as const), ...Array(unknown).fill('unknown' as const)];
    const layers = origins.map((origin, position) => createProfileLayer({ position, origin }));
    const result = maxLayers.check(createImageSubject({ profile: createProfile({ layers }) }), { limit });
    const became = result.findings.length > 0 ? 'failed' : result.cannotJudge === undefined ? 'passed' : 'not judged';
    expect(became).toBe(outcome);
  });
});
