import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareProfiles } from '../../src/compare/compare-profiles.ts';
import type { Delta } from '../../src/compare/delta.ts';
import { indexFiles } from '../../src/compare/file-index.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import type { Profile, ProfileLayer } from '../../src/profile/profile.ts';
import { image } from '../support/image-builder.ts';
import { createDigest, createProfile, createProfileLayer } from '../support/profile.ts';

function deltaOf(base: Profile, head: Profile): Delta {
  const fileIndex = indexFiles(applyLayers(image().layers));
  const side = (profile: Profile) => ({ profile: { packages: [], ...profile }, fileIndex });
  const comparison = compareProfiles(side(base), side(head));
  if (comparison.kind === 'refused') throw new Error(comparison.reason);
  return comparison.delta;
}

/** A profile whose sizes are what its layers sum up to. */
function profileOf(layers: readonly ProfileLayer[], overrides: Partial<Profile> = {}): Profile {
  const sum = (pick: (layer: ProfileLayer) => number): number =>
    layers.reduce((total, layer) => total + pick(layer), 0);
  const unpackedBytes = sum((layer) => layer.unpackedBytes);
  const wastedBytes = sum((layer) => layer.wastedBytes);
  return createProfile({
    layers: [...layers],
    size: {
      downloadBytes: sum((layer) => layer.downloadBytes ?? 0) + 1000,
      unpackedBytes,
      visibleBytes: unpackedBytes - wastedBytes,
      wastedBytes,
      notes: [],
    },
    ...overrides,
  });
}

const base = (diff: number, unpackedBytes: number): ProfileLayer =>
  createProfileLayer({ position: 0, origin: 'base', diffId: createDigest(diff), unpackedBytes });
const own = (diff: number, unpackedBytes: number): ProfileLayer =>
  createProfileLayer({ position: 1, origin: 'own', diffId: createDigest(diff), unpackedBytes });

describe('compareProfiles', () => {
  it('finds nothing between an image and itself', () => {
    const delta = deltaOf(createProfile(), createProfile());
    expect(delta).toMatchObject({ unpackedBytes: 0, downloadBytes: 0, baseChange: 'none', config: [], notes: [] });
    expect(delta.layers.every((layer) => layer.kind === 'same')).toBe(true);
  });

  it('tells a base image that moved from lines that grew', () => {
    const delta = deltaOf(profileOf([base(1, 100), own(2, 50)]), profileOf([base(9, 130), own(3, 57)]));
    expect(delta).toMatchObject({ unpackedBytes: 37, baseChange: 'moved' });
    expect(delta.base?.unpackedBytes).toBe(30);
    expect(delta.own?.unpackedBytes).toBe(7);
  });

  it('calls another FROM line a replaced base', () => {
    const other = createProfile({ base: { reference: 'alpine:3.20', family: 'alpine', viaStages: [] } });
    expect(deltaOf(createProfile(), other).baseChange).toBe('replaced');
  });

  it('does not split when one side does not know its base', () => {
    const blurred = profileOf([createProfileLayer({ origin: 'unknown', originFrom: 'unknown' })]);
    const delta = deltaOf(blurred, createProfile());
    expect([delta.base, delta.own]).toEqual([null, null]);
    expect(delta.notes.join()).toContain('not told apart');
  });

  it('refuses images of different platforms', () => {
    expect(
      compareProfiles({ profile: createProfile({ platform: 'linux/arm64' }) }, { profile: createProfile() }),
    ).toEqual({
      kind: 'refused',
      reason: 'it is of platform linux/arm64, this image of linux/amd64',
    });
  });

  it('refuses only the download delta when the compression differs', () => {
    const zstd = profileOf([{ ...own(2, 50), mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd' }]);
    const gzip = profileOf([own(2, 60)]);
    expect(deltaOf(zstd, gzip)).toMatchObject({ downloadBytes: null, unpackedBytes: 10 });
    expect(deltaOf(zstd, gzip).notes.join()).toContain('packed as zstd then and as gzip now');
  });

  it('has no download delta where one side has no download size', () => {
    const classic = createProfile();
    const delta = deltaOf({ ...classic, size: { ...classic.size, downloadBytes: null } }, createProfile());
    expect(delta.downloadBytes).toBeNull();
    expect(delta.own?.downloadBytes).toBeNull();
  });

  it('names what changed in how the image runs', () => {
    const before = createProfile();
    const after = createProfile({
      user: { configured: '', uid: 0, gid: 0, setBy: 'default' },
      config: { ...before.config, cmd: ['other.js'], env: ['PATH'], labels: { a: 'b' } },
    });
    expect(deltaOf(before, after).config).toEqual([
      { key: 'USER', before: '65532', after: null },
      { key: 'CMD', before: '["dist/server.js"]', after: '["other.js"]' },
      { key: 'ENV NODE_ENV', before: 'set', after: null },
      { key: 'LABEL a', before: null, after: 'b' },
    ]);
  });

  it('makes base and own add up to the whole for any two images', () => {
    const layer = fc.record({
      origin: fc.constantFrom<'base' | 'own'>('base', 'own'),
      diff: fc.nat(9),
      unpackedBytes: fc.nat(10_000),
      downloadBytes: fc.nat(5_000),
      waste: fc.nat(100),
    });
    const image = fc.array(layer, { maxLength: 6 }).map((specs) =>
      profileOf(
        specs.map(({ diff, waste, ...spec }, position) =>
          createProfileLayer({
            ...spec,
            position,
            diffId: createDigest(diff),
            wastedBytes: Math.min(waste, spec.unpackedBytes),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(image, image, (one, other) => {
        const { base: ofBase, own: ofOwn, ...whole } = deltaOf(one, other);
        for (const key of ['downloadBytes', 'unpackedBytes', 'visibleBytes', 'wastedBytes'] as const) {
          expect((ofBase?.[key] ?? Number.NaN) + (ofOwn?.[key] ?? Number.NaN)).toBe(whole[key]);
        }
      }),
    );
  });
});
