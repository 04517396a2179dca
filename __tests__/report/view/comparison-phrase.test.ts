import { describe, expect, it } from '@jest/globals';
import type { PackageDelta } from '../../../src/compare/delta.ts';
import { comparisonPhrase } from '../../../src/report/view/comparison-phrase.ts';
import { createBuild, createDelta, createEmptyDelta } from '../../support/report.ts';

const build = createBuild();

const baseline = {
  source: 'file',
  commit: '0c9be2f4471aa9d3d5f1c7e0b7a3a1f2d4c5b6a7',
  recordedAt: '2026-11-02T17:00:00Z',
  tried: [],
} as const;
const now = '2026-11-03T09:10:00Z';
const zero = { downloadBytes: 0, unpackedBytes: 0, visibleBytes: 0, wastedBytes: 0 };

describe('comparisonPhrase', () => {
  it.each([
    ['none', 0, 'base image unchanged'],
    ['moved', 1_900_000, 'base image moved +1.9 MB'],
    ['replaced', -5_000_000, 'base image replaced −5.0 MB'],
    ['unknown', 0, 'base image ±0 B'],
  ] as const)('tells what the base image did (%s, %d bytes) from what the lines did', (baseChange, bytes, expected) => {
    const delta = createDelta({ baseChange, base: { ...zero, unpackedBytes: bytes } });
    expect(comparisonPhrase({ build, baseline: { ...baseline, tried: [] }, delta }, now)).toBe(
      `Compared with \`0c9be2f\` (16 hours old): ${expected}, your lines +1.2 MB unpacked.`,
    );
  });

  it('says in one line that nothing changed', () => {
    expect(comparisonPhrase({ build, baseline: { ...baseline, tried: [] }, delta: createEmptyDelta() }, now)).toBe(
      'Nothing changed against `0c9be2f` (16 hours old).',
    );
  });

  it('says when the change cannot be split', () => {
    const delta = createDelta({ base: null, own: null });
    expect(comparisonPhrase({ build, baseline: { ...baseline, tried: [] }, delta }, now)).toContain(
      'cannot be told apart',
    );
  });

  it('calls an image by its reference and digest, whatever commit its label claims', () => {
    const image = {
      ...baseline,
      source: 'image' as const,
      reference: 'docker://ghcr.io/octo/`api`:main',
      digest: `sha256:${'ab'.repeat(32)}`,
      tried: [],
    };
    expect(comparisonPhrase({ baseline: image, delta: createEmptyDelta() }, now)).toBe(
      "Nothing changed against `docker://ghcr.io/octo/'api':main` at `sha256:abababababab` (16 hours old).",
    );
  });

  it('says that the base commit was built anew', () => {
    const { recordedAt: _, ...rebuilt } = { ...baseline, wantedCommit: baseline.commit, tried: [] };
    expect(comparisonPhrase({ baseline: { ...rebuilt, source: 'rebuild' }, delta: createEmptyDelta() }, now)).toBe(
      'Nothing changed against `0c9be2f` (the base commit, rebuilt).',
    );
  });

  it('says why there is no baseline', () => {
    const tried = [{ source: 'file', reason: 'main.json is of linux/arm64.' }];
    expect(comparisonPhrase({ build, baseline: { source: 'none', tried } }, now)).toBe(
      'No baseline: main.json is of linux/arm64.',
    );
  });

  it('names each place that was tried when there were several', () => {
    const tried = [
      { source: 'file', reason: 'main.json is truncated' },
      { source: 'cache', reason: 'nothing was recorded.' },
    ];
    expect(comparisonPhrase({ build, baseline: { source: 'none', tried } }, now)).toBe(
      'No baseline: file: main.json is truncated; cache: nothing was recorded.',
    );
  });

  it.each([
    [
      { ref: 'refs/heads/main', wantedCommit: baseline.commit, verified: true },
      'Nothing changed against `0c9be2f` (the base commit, 16 hours old, verified).',
    ],
    [
      { ref: 'refs/heads/main', wantedCommit: 'abcdef1234', verified: true },
      'Nothing changed against `0c9be2f` (the newest of `main`, 16 hours old, verified). The base commit `abcdef1` has no baseline of its own.',
    ],
    [
      {
        ref: 'refs/heads/main',
        wantedCommit: baseline.commit,
        verified: false,
        unverifiedReason: 'the token may not list it.',
      },
      'Nothing changed against `0c9be2f` (the base commit, 16 hours old). Unverified: the token may not list it.',
    ],
    [{ verified: false }, 'Nothing changed against `0c9be2f` (16 hours old). Unverified.'],
    [{ ref: 'refs/heads/a`b' }, "Nothing changed against `0c9be2f` (of `a'b`, 16 hours old)."],
  ])('says which baseline of the Actions cache it was: %j', (traits, expected) => {
    const found = { ...baseline, ...traits, source: 'actions-cache' as const, tried: [] };
    expect(comparisonPhrase({ build, baseline: found, delta: createEmptyDelta() }, now)).toBe(expected);
  });

  it('says on a first run what will make the next one a comparison', () => {
    const tried = [{ source: 'actions-cache', reason: 'the next push to `main` will record one' }];
    expect(comparisonPhrase({ build, baseline: { source: 'none', tried } }, now)).toBe(
      'No baseline: the next push to `main` will record one.',
    );
  });

  it('speaks of own layers where nobody built the image here', () => {
    const image = { source: 'image', reference: 'oci:old', digest: `sha256:${'ab'.repeat(32)}`, tried: [] } as const;
    expect(comparisonPhrase({ baseline: { ...image, tried: [] }, delta: createDelta() }, now)).toBe(
      'Compared with `oci:old` at `sha256:abababababab`: base image unchanged, own layers +1.2 MB unpacked.',
    );
    const report = { source: 'report', reference: 'main.json', commit: '0c9be2f4471a', tried: [] } as const;
    expect(comparisonPhrase({ baseline: { ...report, tried: [] }, delta: createEmptyDelta() }, now)).toBe(
      'Nothing changed against `main.json` (commit `0c9be2f`).',
    );
  });

  it('counts the packages that changed', () => {
    const packages = [
      { type: 'deb', name: 'curl', kind: 'upgraded', before: '8.14.1-2', after: '8.14.1-2+deb13u1' },
      { type: 'npm', name: 'left-pad', kind: 'added', after: '1.3.0' },
      { type: 'npm', name: 'right-pad', kind: 'added', after: '1.0.1' },
    ] satisfies PackageDelta[];
    expect(
      comparisonPhrase({ build, baseline: { ...baseline, tried: [] }, delta: createDelta({ packages }) }, now),
    ).toMatch(/ unpacked\. Packages: 2 added, 1 upgraded\.$/);
  });

  it('tells a rebuild without a change as one', () => {
    const note = 'No file of the image changed: 2 layers have new digests, but only times differ.';
    const delta = createEmptyDelta({ layers: createDelta({ unpackedBytes: 0 }).layers, notes: [note] });
    expect(comparisonPhrase({ build, baseline: { ...baseline, tried: [] }, delta }, now)).toBe(
      'Compared with `0c9be2f` (16 hours old): no file of the image changed: 2 layers have new digests, but only times differ.',
    );
  });
});
