import { describe, expect, it } from '@jest/globals';
import { comparisonPhrase } from '../../../src/report/view/comparison-phrase.ts';
import { createDelta, createEmptyDelta } from '../../support/report.ts';

const baseline = {
  source: 'file',
  commit: '0c9be2f4471aa9d3d5f1c7e0b7a3a1f2d4c5b6a7',
  recordedAt: '2026-11-02T17:00:00Z',
  tried: [],
} as const;
const zero = { downloadBytes: 0, unpackedBytes: 0, visibleBytes: 0, wastedBytes: 0 };

describe('comparisonPhrase', () => {
  it.each([
    ['none', 0, 'base image unchanged'],
    ['moved', 1_900_000, 'base image moved +1.9 MB'],
    ['replaced', -5_000_000, 'base image replaced −5.0 MB'],
    ['unknown', 0, 'base image ±0 B'],
  ] as const)('tells what the base image did (%s, %d bytes) from what the lines did', (baseChange, bytes, expected) => {
    const delta = createDelta({ baseChange, base: { ...zero, unpackedBytes: bytes } });
    expect(comparisonPhrase({ baseline: { ...baseline, tried: [] }, delta })).toBe(
      `Compared with \`0c9be2f\` (2026-11-02): ${expected}, your lines +1.2 MB unpacked.`,
    );
  });

  it('says in one line that nothing changed', () => {
    expect(comparisonPhrase({ baseline: { ...baseline, tried: [] }, delta: createEmptyDelta() })).toBe(
      'Nothing changed against `0c9be2f` (2026-11-02).',
    );
  });

  it('says when the change cannot be split', () => {
    const delta = createDelta({ base: null, own: null });
    expect(comparisonPhrase({ baseline: { ...baseline, tried: [] }, delta })).toContain('cannot be told apart');
  });

  it('says why there is no baseline', () => {
    const tried = [{ source: 'file', reason: 'main.json is of linux/arm64.' }];
    expect(comparisonPhrase({ baseline: { source: 'none', tried } })).toBe('No baseline: main.json is of linux/arm64.');
  });

  it('names each place that was tried when there were several', () => {
    const tried = [
      { source: 'file', reason: 'main.json is truncated' },
      { source: 'cache', reason: 'nothing was recorded.' },
    ];
    expect(comparisonPhrase({ baseline: { source: 'none', tried } })).toBe(
      'No baseline: file: main.json is truncated; cache: nothing was recorded.',
    );
  });
});
