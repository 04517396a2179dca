import { describe, expect, it } from '@jest/globals';
import { maxSize } from '../../../src/policy/rules/max-size.ts';
import { createProfile, createProfileLayer } from '../../support/profile.ts';
import { createImageSubject } from '../subjects.ts';

const subject = createImageSubject();

describe('max-size', () => {
  it('states both numbers and the measure when the image is within its budget', () => {
    expect(maxSize.check(subject, { limit: 60_000_000 })).toEqual({
      findings: [],
      statement: '58.1 MB of 60.0 MB unpacked',
      measure: { actual: 58_100_000, limit: 60_000_000, unit: 'bytes' },
    });
  });

  it('passes an image that is exactly as large as its budget', () => {
    expect(maxSize.check(subject, { limit: 58_100_000 }).findings).toEqual([]);
  });

  it('fails an image that is one byte over', () => {
    const [finding] = maxSize.check(subject, { limit: 58_099_999 }).findings;
    expect(finding).toMatchObject({ savesBytes: 1 });
    expect(finding?.message).toBe('the image is 58.1 MB unpacked, 1 B over its budget of 58.1 MB');
  });

  it('points at the line of the largest own layer, even when a base layer is larger', () => {
    const [finding] = maxSize.check(subject, { limit: 50_000_000 }).findings;
    expect(finding).toMatchObject({
      evidence: [{ layer: 3, file: 'services/api/Dockerfile', line: 21 }],
      origin: 'own',
      savesBytes: 8_100_000,
    });
    expect(finding?.remedy).toContain('22.2 MB unpacked: `COPY --from=deps /app/node_modules ./node_modules`');
  });

  it('blames the base image when it alone is over the budget', () => {
    const [finding] = maxSize.check(subject, { limit: 30_000_000 }).findings;
    expect(finding?.origin).toBe('base');
    expect(finding?.remedy).toContain('the base image alone is over 30.0 MB');
  });

  it('blames nobody when it is unknown whose a layer is', () => {
    const profile = createProfile({ layers: [createProfileLayer({ origin: 'unknown', instruction: 'x'.repeat(90) })] });
    const [finding] = maxSize.check(createImageSubject({ profile }), { limit: 1 }).findings;
    expect(finding).toMatchObject({ origin: 'unknown', evidence: [{ layer: 0 }] });
    expect(finding?.remedy).toMatch(/largest layer, 10.0 MB unpacked: `x{59}…`$/);
  });

  it('has no evidence for an image without layers', () => {
    const profile = createProfile({ layers: [] });
    expect(maxSize.check(createImageSubject({ profile }), { limit: 1 }).findings[0]?.evidence).toEqual([]);
  });

  it.each([{}, { limit: -1 }, { limit: 1.5 }, { limit: '60MB' }, { limit: 1, other: 1 }])(
    'refuses the options %j',
    (options) => {
      expect(maxSize.options.safeParse(options).success).toBe(false);
    },
  );
});
