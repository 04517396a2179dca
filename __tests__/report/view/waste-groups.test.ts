import { describe, expect, it } from '@jest/globals';
import { groupWaste, wasteInFocus } from '../../../src/report/view/waste-groups.ts';
import { createProfile, createProfileLayer } from '../../support/profile.ts';

const layers = [0, 1, 2].map((position) => createProfileLayer({ position, wastedBytes: 40, hidesBytes: 5 }));
const waste = [
  { path: '/a', bytes: 30, layer: 0, hiddenBy: 2, reason: 'deleted' as const },
  { path: '/b', bytes: 20, layer: 0, hiddenBy: 1, reason: 'overwritten' as const },
  { path: '/c', bytes: 15, layer: 0, hiddenBy: 1, reason: 'deleted' as const },
  { path: '/d', bytes: 1, layer: 9, hiddenBy: 9, reason: 'deleted' as const },
];

describe('groupWaste', () => {
  it('puts together what the same two layers did, the heaviest first', () => {
    const { groups } = groupWaste({ waste, layers }, { wastedBytes: 66, most: 10 });
    expect(
      groups.map(({ heldBy, hiddenBy, bytes, paths }) => [heldBy?.position, hiddenBy?.position, bytes, paths.length]),
    ).toEqual([
      [0, 1, 35, 2],
      [0, 2, 30, 1],
      [undefined, undefined, 1, 1],
    ]);
  });

  it('counts what is not shown', () => {
    expect(groupWaste({ waste, layers }, { wastedBytes: 66, most: 1 })).toMatchObject({ restBytes: 36 });
    expect(groupWaste({ waste: [], layers }, { wastedBytes: 66, most: 1 })).toEqual({ groups: [], restBytes: 66 });
  });
});

describe('wasteInFocus', () => {
  it('is that of the image, or what one layer holds and hid', () => {
    const profile = createProfile({ layers });
    expect(wasteInFocus(profile)).toBe(100_000);
    expect(wasteInFocus({ ...profile, focus: { layer: 1, paths: [] } })).toBe(45);
    expect(wasteInFocus({ ...profile, focus: { layer: 7, paths: [] } })).toBe(0);
  });
});
