import { describe, expect, it } from '@jest/globals';
import type { Delta } from '../../../src/compare/delta.ts';
import { maxGrowth } from '../../../src/policy/rules/max-growth.ts';
import { createProfile } from '../../support/profile.ts';
import { createDelta } from '../../support/report.ts';
import { createImageSubject } from '../subjects.ts';

/** 58.1 MB now, 56.9 MB then: 1.2 MB or 2.1 % of growth. */
const subject = createImageSubject({ delta: createDelta() });

describe('max-growth', () => {
  it('states growth and limit in bytes', () => {
    expect(maxGrowth.check(subject, { limit: { bytes: 2_000_000 } })).toEqual({
      findings: [],
      statement: '+1.2 MB unpacked, +2.0 MB allowed',
      measure: { actual: 1_200_000, limit: 2_000_000, unit: 'bytes' },
    });
  });

  it('states growth and limit in percent of the baseline', () => {
    const result = maxGrowth.check(subject, { limit: { percent: 5 } });
    expect(result.findings).toEqual([]);
    expect(result.statement).toBe('+1.2 MB unpacked (+2.1 %), +5.0 % allowed');
    expect(result.measure).toMatchObject({ limit: 5, unit: 'percent' });
    expect(result.measure?.actual).toBeCloseTo((1.2 / 56.9) * 100, 10);
  });

  it.each([
    ['bytes that are exactly the growth', { bytes: 1_200_000 }, 0],
    ['one byte less than the growth', { bytes: 1_199_999 }, 1],
    ['no growth at all', { bytes: 0 }, 1],
    ['a percentage above the growth', { percent: 2.11 }, 0],
    ['a percentage below the growth', { percent: 2.1 }, 1],
  ])('with %s finds as it should', (_, limit, count) => {
    expect(maxGrowth.check(subject, { limit }).findings).toHaveLength(count);
  });

  it('passes a percentage that is exactly the growth', () => {
    const { size } = createProfile();
    const profile = createProfile({ size: { ...size, unpackedBytes: 105_000_000 } });
    const delta = createDelta({ unpackedBytes: 5_000_000 });
    const grown = createImageSubject({ profile, delta });
    expect(maxGrowth.check(grown, { limit: { percent: 5 } }).findings).toEqual([]);
  });

  it('passes an image that shrank', () => {
    const delta = createDelta({ unpackedBytes: -2_000_000 });
    const result = maxGrowth.check(createImageSubject({ delta }), { limit: { percent: 0 } });
    expect(result.findings).toEqual([]);
    expect(result.statement).toBe('−2.0 MB unpacked (−3.3 %), +0.0 % allowed');
  });

  it('names the own line that grew most, and what it would save to stay within', () => {
    expect(maxGrowth.check(subject, { limit: { bytes: 1_000_000 } }).findings).toEqual([
      {
        message: 'the image grew too much: +1.2 MB unpacked, +1.0 MB allowed',
        evidence: [{ layer: 3, file: 'services/api/Dockerfile', line: 21 }],
        remedy: 'look first at `COPY --from=deps /app/node_modules ./node_modules`, which gave +1.2 MB',
        savesBytes: 200_000,
        origin: 'own',
      },
    ]);
  });

  it('blames the base image, at its FROM line, when that grew more', () => {
    const { base } = createProfile();
    const profile = createProfile({ base: { ...base, line: 18 } });
    const [finding] = maxGrowth.check(createImageSubject({ profile, delta: baseGrew }), {
      limit: { bytes: 0 },
    }).findings;
    expect(finding).toMatchObject({
      origin: 'base',
      evidence: [{ layer: 1, file: 'services/api/Dockerfile', line: 18 }],
    });
    expect(finding?.remedy).toContain('in the base image');
  });

  it('blames nobody when the two parts cannot be told apart', () => {
    const delta = createDelta({ base: null, own: null });
    expect(maxGrowth.check(createImageSubject({ delta }), { limit: { bytes: 0 } }).findings[0]).toMatchObject({
      origin: 'unknown',
      evidence: [{ layer: 3 }],
    });
  });

  it('finds any growth of an image that was empty, whatever the percentage', () => {
    const delta = createDelta({ unpackedBytes: 58_100_000 });
    const result = maxGrowth.check(createImageSubject({ delta }), { limit: { percent: 500 } });
    expect(result.findings).toHaveLength(1);
    expect(result.measure).toEqual({ actual: null, limit: 500, unit: 'percent' });
    expect(result.statement).toBe('+58.1 MB unpacked (baseline 0 B), +500.0 % allowed');
  });

  it.each([
    [undefined, 'growth not judged: no baseline'],
    ['the baseline is of another platform', 'growth not judged: the baseline is of another platform'],
  ])('passes without a comparison and says why (%s)', (noDelta, statement) => {
    expect(maxGrowth.check(createImageSubject({ noDelta }), { limit: { bytes: 0 } })).toEqual({
      findings: [],
      statement,
    });
  });

  it.each([{}, { limit: { percent: -1 } }, { limit: { bytes: 0.5 } }, { limit: { bytes: 1, percent: 1 } }])(
    'refuses the options %j',
    (options) => {
      expect(maxGrowth.options.safeParse(options).success).toBe(false);
    },
  );
});

const baseGrew: Delta = createDelta({
  base: { downloadBytes: 0, unpackedBytes: 1_000_000, visibleBytes: 0, wastedBytes: 0 },
  own: { downloadBytes: 0, unpackedBytes: 200_000, visibleBytes: 0, wastedBytes: 0 },
  layers: [
    { kind: 'changed', bytes: 1_000_000, origin: 'base', instruction: 'bazel build', basePosition: 1, headPosition: 1 },
    { kind: 'added', bytes: 200_000, origin: 'own', instruction: 'COPY . .', line: 22, headPosition: 4 },
  ],
});
