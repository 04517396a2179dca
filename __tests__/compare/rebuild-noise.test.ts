import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareProfiles, type Side } from '../../src/compare/compare-profiles.ts';
import { creatingSide } from '../../src/compare/create-side.ts';
import { fingerprinting } from '../../src/compare/layers/fingerprint.ts';
import { applyLayers } from '../../src/image/apply-layers.ts';
import { diffIdFromHex } from '../../src/image/digest.ts';
import type { Image, LayerEntry } from '../../src/image/image.ts';
import { createProfile } from '../../src/profile/create-profile.ts';
import { runAtOnce } from '../../src/slices.ts';
import { type EntrySpec, file, image, layer, sha256, whiteout } from '../support/image-builder.ts';
import { anyImage } from '../support/random-image.ts';

const fingerprint = (entries: readonly LayerEntry[]) => runAtOnce(fingerprinting(entries));

function sideOf(of: Image): Side {
  const filesystem = applyLayers(of.layers);
  const profile = createProfile(of, filesystem, { provenance: undefined, chain: undefined });
  const layers = profile.layers.map((each) => ({
    ...each,
    origin: 'own' as const,
    instruction: `COPY ${each.position}`,
  }));
  return runAtOnce(creatingSide({ image: of, filesystem, profile: { ...profile, layers } }));
}

/** The same entries in tars with other times. */
function rebuilt(of: Image, positions: readonly number[]): Image {
  const layers = of.layers.map((each) =>
    positions.includes(each.position) ? { ...each, diffId: diffIdFromHex(sha256(`again ${each.diffId}`)) } : each,
  );
  return { ...of, layers };
}

function notesOf(base: Image, head: Image): readonly string[] {
  const comparison = compareProfiles(sideOf(base), sideOf(head));
  return comparison.kind === 'refused' ? [comparison.reason] : comparison.delta.notes;
}

const built = image(layer(file('/a', 10)), layer(file('/b', 10), file('/c', 10)), layer(whiteout('/a')));

describe('a rebuild without a change', () => {
  it('is told to be one when every layer that has a new digest does the same as before', () => {
    expect(notesOf(built, rebuilt(built, [0, 2]))).toEqual([
      'No file of the image changed: 2 layers have new digests, but only times, extended attributes or packing differ.',
    ]);
  });

  it('is told of single layers beside others that changed', () => {
    const head = image(layer(file('/a', 10)), layer(file('/b', 11), file('/c', 10)), layer(whiteout('/a')));
    expect(notesOf(built, rebuilt(head, [0]))).toEqual([
      '1 layer has a new digest though no file in it changed: only times, extended attributes or packing differ.',
    ]);
  });

  it('is told of an image whose files stand in other layers than before', () => {
    expect(notesOf(built, image(layer(file('/b', 10), file('/c', 10))))).toEqual([
      'No file that the image shows changed, though its layers did.',
    ]);
  });

  it('is not told of the same image, nor where a file changed at the same size', () => {
    expect(notesOf(built, built)).toEqual([]);
    const head = image(
      layer(file('/a', 10)),
      layer(file('/b', 10, { seed: 'other' }), file('/c', 10)),
      layer(whiteout('/a')),
    );
    expect(notesOf(built, head)).toEqual([]);
  });

  it('is not told of what a profile without fingerprints has', () => {
    const withoutPrints = (side: Side): Side => {
      const layers = side.profile.layers.map(({ fingerprint: _, ...rest }) => rest);
      return { profile: { ...side.profile, layers } };
    };
    const comparison = compareProfiles(withoutPrints(sideOf(built)), withoutPrints(sideOf(rebuilt(built, [0]))));
    expect(JSON.stringify(comparison)).not.toContain('only times');
  });
});

describe('fingerprinting', () => {
  const entries = (...specs: readonly EntrySpec[]) => layer(...specs).entries.map(({ entry }) => entry);

  it('is the same in any order of the tar', () => {
    fc.assert(
      fc.property(anyImage, fc.infiniteStream(fc.nat()), (of, random) => {
        const [first] = of.layers;
        const once = new Map([...(first?.entries ?? [])].map((each) => [each.path, each]));
        const shuffled = [...once.values()]
          .map((each) => ({ each, at: random.next().value }))
          .sort((a, b) => a.at - b.at);
        expect(fingerprint(shuffled.map(({ each }) => each))).toBe(fingerprint([...once.values()]));
      }),
    );
  });

  it('tells which of two entries of one path comes last', () => {
    const [one, other] = [entries(file('/a', 'one')), entries(file('/a', 'two'))];
    expect(fingerprint([...one, ...other])).not.toBe(fingerprint([...other, ...one]));
  });

  it.each([
    ['content', file('/a', 'other')],
    ['name', file('/b', 'text!')],
    ['mode', file('/a', 'text!', { mode: 0o600 })],
    ['owner', file('/a', 'text!', { uid: 1 })],
    ['group', file('/a', 'text!', { gid: 1 })],
    ['type', whiteout('/a')],
  ])('differs with the %s', (_, changed) => {
    expect(fingerprint(entries(changed))).not.toBe(fingerprint(entries(file('/a', 'text!'))));
  });
});
