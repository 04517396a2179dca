import { describe, expect, it } from '@jest/globals';
import { originSizes } from '../../../src/report/view/origin-sizes.ts';
import { createProfile } from '../../support/profile.ts';

describe('originSizes', () => {
  it('gives base, own and all; both parts add up in every kind, the config blob is own', () => {
    const profile = createProfile();
    const [base, own, all] = originSizes(profile);
    const { notes: _notes, ...size } = profile.size;
    expect(all).toEqual({ part: 'all', layers: 5, ...size });
    for (const kind of ['unpackedBytes', 'visibleBytes', 'wastedBytes', 'downloadBytes', 'layers'] as const) {
      expect((base?.[kind] ?? 0) + (own?.[kind] ?? 0)).toBe(all?.[kind]);
    }
    expect(base).toMatchObject({ layers: 2, unpackedBytes: 33_700_000, downloadBytes: 13_304_118 });
  });

  it('does not split what nobody knows', () => {
    const layers = createProfile().layers.map((layer) => ({ ...layer, origin: 'unknown' as const }));
    expect(originSizes(createProfile({ layers })).map(({ part }) => part)).toEqual(['all']);
  });
});
