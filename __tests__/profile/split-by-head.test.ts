import { describe, expect, it } from '@jest/globals';
import type { Profile } from '../../src/profile/profile.ts';
import { splitByHead } from '../../src/profile/split-by-head.ts';
import { createDigest, createProfile, createProfileLayer } from '../support/profile.ts';

type Origin = 'base' | 'own' | 'unknown';

/** Layers by the seeds of their diff IDs. */
function profile(seeds: readonly number[], origins: readonly Origin[], overrides: Partial<Profile> = {}): Profile {
  const layers = seeds.map((seed, position) =>
    createProfileLayer({ position, diffId: createDigest(seed), origin: origins[position] ?? 'unknown' }),
  );
  return createProfile({ layers, base: { family: 'other', viaStages: [] }, ...overrides });
}

const head = profile([1, 2, 9], ['base', 'base', 'own'], {
  base: { reference: 'docker.io/library/node:24', digest: createDigest(7), family: 'debian', viaStages: [] },
});
const origins = ({ layers }: Profile) => layers.map(({ origin }) => origin);

describe('splitByHead', () => {
  it("knows the head's base again by diff ID, and so its reference", () => {
    const split = splitByHead(profile([1, 2, 3, 4], []), head);
    expect(origins(split)).toEqual(['base', 'base', 'own', 'own']);
    expect(split.layers.map(({ originFrom }) => originFrom)).toEqual(['diff-id', 'diff-id', 'diff-id', 'diff-id']);
    expect(split.base).toMatchObject({ reference: 'docker.io/library/node:24', digest: createDigest(7) });
  });

  it('believes history where the base has moved, and claims no reference', () => {
    const split = splitByHead(profile([1, 5, 6], ['base', 'base', 'own']), head);
    expect(origins(split)).toEqual(['base', 'base', 'own']);
    expect(split.base.reference).toBeUndefined();
  });

  it('takes the reference where the label of the image names the same one', () => {
    const labels = { 'org.opencontainers.image.base.name': 'docker.io/library/node:24' };
    const named = profile([5, 6], ['base', 'own'], { config: { ...createProfile().config, labels } });
    expect(splitByHead(named, head).base.reference).toBe('docker.io/library/node:24');
  });

  it('never calls a layer own that is of the base of the head', () => {
    expect(origins(splitByHead(profile([1, 5], ['own', 'own']), head))).toEqual(['base', 'own']);
  });

  it.each([
    ['the base has moved and history is silent', profile([1, 5], []), head],
    ['the head itself is not split', profile([1, 2, 3], []), profile([1, 2], [])],
  ])('claims nothing where %s', (_, unknown, against) => {
    expect(splitByHead(unknown, against)).toEqual(unknown);
  });

  it('calls all layers own for a head from scratch, where history shows no base either', () => {
    const scratch = profile([9], ['own'], { base: { reference: 'scratch', family: 'scratch', viaStages: [] } });
    const split = splitByHead(profile([3, 4], []), scratch);
    expect([origins(split), split.base.reference]).toEqual([['own', 'own'], 'scratch']);
    expect(origins(splitByHead(profile([3, 4], ['base', 'own']), scratch))).toEqual(['base', 'own']);
  });
});
