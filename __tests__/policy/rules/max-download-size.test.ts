import { describe, expect, it } from '@jest/globals';
import { maxDownloadSize } from '../../../src/policy/rules/max-download-size.ts';
import { createProfile } from '../../support/profile.ts';
import { createImageSubject } from '../subjects.ts';

const subject = createImageSubject();

describe('max-download-size', () => {
  it.each([
    ['within the budget', 25_000_000],
    ['exactly as large as the budget', 21_304_118],
  ])('passes an image that is %s', (_, limit) => {
    expect(maxDownloadSize.check(subject, { limit }).findings).toEqual([]);
  });

  it('names the own layer that is the largest to download', () => {
    const result = maxDownloadSize.check(subject, { limit: 20_000_000 });
    expect(result.statement).toBe('21.3 MB of 20.0 MB to download');
    expect(result.findings).toMatchObject([
      { savesBytes: 1_304_118, evidence: [{ layer: 3, line: 21 }], origin: 'own' },
    ]);
  });

  it('does not judge an image without compressed layers, and names the way out', () => {
    const { size } = createProfile();
    const profile = createProfile({ size: { ...size, downloadBytes: null } });
    const result = maxDownloadSize.check(createImageSubject({ profile }), { limit: 1 });
    expect(result.findings).toEqual([]);
    expect(result.measure).toBeUndefined();
    expect(result.cannotJudge?.hint).toContain('docker buildx create --use');
    expect(result.cannotJudge?.hint).toContain('containerd image store');
  });
});
