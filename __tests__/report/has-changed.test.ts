import { describe, expect, it } from '@jest/globals';
import { hasChanged } from '../../src/report/has-changed.ts';
import type { ImageReport } from '../../src/report/report.ts';
import {
  createEmptyDelta,
  createFinding,
  createImageReport,
  createPlatform,
  createReport,
  createUnbuiltPlatform,
} from '../support/report.ts';

const { baseline } = createPlatform();
const same = createPlatform({ delta: createEmptyDelta(), baseline: { ...baseline, verdict: 'pass', findings: 0 } });
const { delta: _, ...incomparable } = same;

function withPlatforms(...platforms: ImageReport['platforms']) {
  return createReport({ images: [createImageReport({ platforms })] });
}

describe('hasChanged', () => {
  it('is false where sizes and findings are those of the baseline', () => {
    expect(hasChanged(withPlatforms(same))).toBe(false);
  });

  it('is false where layers changed and weigh the same: a build without its cache changes them all', () => {
    const layers = createEmptyDelta().layers.map((layer) => ({ ...layer, kind: 'changed' as const }));
    expect(hasChanged(withPlatforms({ ...same, delta: createEmptyDelta({ layers }) }))).toBe(false);
  });

  it('is false where only labels changed: many builds write commit and time into them', () => {
    const config = [{ key: 'LABEL org.opencontainers.image.revision', before: 'a', after: 'b' }];
    expect(hasChanged(withPlatforms({ ...same, delta: createEmptyDelta({ config }) }))).toBe(false);
  });

  it.each([
    [
      'a package of the same size',
      {
        ...same,
        delta: createEmptyDelta({
          packages: [{ kind: 'upgraded', type: 'deb', name: 'tzdata', before: '2026a', after: '2026b' }],
        }),
      },
    ],
    [
      'another command',
      { ...same, delta: createEmptyDelta({ config: [{ key: 'CMD', before: '["a"]', after: '["b"]' }] }) },
    ],
    ['one byte more unpacked', { ...same, delta: createEmptyDelta({ unpackedBytes: 1 }) }],
    ['one byte less to download', { ...same, delta: createEmptyDelta({ downloadBytes: -1 }) }],
    ['a new finding', { ...same, findings: [createFinding({ severity: 'warning', isNew: true })] }],
    ['no baseline', incomparable],
    ['no image', createUnbuiltPlatform()],
  ])('is true with %s, on one platform of several', (_name, platform) => {
    expect(hasChanged(withPlatforms(same, platform))).toBe(true);
  });

  it('is false with findings that were known before or cannot be told from those', () => {
    const findings = [createFinding({ isNew: false }), createFinding({ isNew: null })];
    const known = { ...same.baseline, findings: 2 };
    expect(hasChanged(withPlatforms({ ...same, findings, baseline: known }))).toBe(false);
  });

  it('is true with a finding or a verdict that got better', () => {
    expect(hasChanged(withPlatforms({ ...same, baseline: { ...same.baseline, findings: 1 } }))).toBe(true);
    expect(hasChanged(withPlatforms({ ...same, baseline: { ...same.baseline, verdict: 'fail' } }))).toBe(true);
  });

  it('is true where nothing was built', () => {
    expect(hasChanged(createReport({ images: [] }))).toBe(true);
    expect(hasChanged(withPlatforms())).toBe(true);
  });
});
