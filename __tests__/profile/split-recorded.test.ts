import { describe, expect, it } from '@jest/globals';
import { splitRecorded } from '../../src/profile/split-recorded.ts';
import { createDigest, createProfile } from '../support/profile.ts';

const profile = createProfile();
const unknown = createProfile({
  layers: profile.layers.map((layer) => ({ ...layer, origin: 'unknown', originFrom: 'unknown' })),
  base: { family: 'distroless', viaStages: [] },
});
const diffIds = (...at: number[]) => ({
  layers: at.map((position) => ({ diffId: profile.layers[position]?.diffId ?? '' })),
  digest: null,
});

describe('splitRecorded', () => {
  it('tells base from own by the layers of the base that is named', () => {
    const split = splitRecorded(unknown, { reference: 'base:1', image: diffIds(0, 1) });
    expect(split.layers.map(({ origin }) => origin)).toEqual(['base', 'base', 'own', 'own', 'own']);
    expect(split.layers.map(({ originFrom }) => originFrom)).toEqual(Array(5).fill('diff-id'));
    expect(split.base).toEqual({ family: 'distroless', viaStages: [], reference: 'base:1' });
  });

  it('changes nothing where the base is none of it', () => {
    const other = { layers: [{ diffId: createDigest(1) }], digest: null };
    expect(splitRecorded(unknown, { reference: 'base:1', image: other })).toBe(unknown);
  });
});
