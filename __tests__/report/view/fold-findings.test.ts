import { describe, expect, it } from '@jest/globals';
import { foldFindings } from '../../../src/report/view/fold-findings.ts';
import { createCheck, createFinding, createImageReport, createPlatform } from '../../support/report.ts';

const shells = ['/bin/sh', '/bin/bash', '/bin/dash'].map((path) =>
  createFinding({ rule: 'distroless', message: `${path} is a shell`, evidence: [{ path, layer: 0 }], savesBytes: 100 }),
);
const budget = createFinding({ rule: 'max-size', message: 'too large', evidence: [] });

function imageWith(overrides: Parameters<typeof createPlatform>[0]) {
  return createImageReport({ findings: [], platforms: [createPlatform(overrides)] });
}

describe('foldFindings', () => {
  it('makes one entry of many findings of a rule, stated by its check, with all places and bytes', () => {
    const checks = [createCheck({ rule: 'distroless', status: 'failed', statement: '3 shells' })];
    const [folded, other] = foldFindings(imageWith({ checks, findings: [...shells, budget] }));
    expect(folded).toMatchObject({ rule: 'distroless', message: '3 shells', savesBytes: 300 });
    expect(folded?.evidence.map(({ path }) => path)).toEqual(['/bin/sh', '/bin/bash', '/bin/dash']);
    expect(folded?.members).toHaveLength(3);
    expect(other).toMatchObject({ rule: 'max-size', message: 'too large' });
  });

  it('leaves one or two findings of a rule as they are', () => {
    const folded = foldFindings(imageWith({ findings: shells.slice(0, 2) }));
    expect(folded.map(({ message }) => message)).toEqual(['/bin/sh is a shell', '/bin/bash is a shell']);
  });

  it('keeps a waived finding apart, with the name of who accepted it', () => {
    const waiver = { reason: 'debugging', owner: '@net', expires: '2027-01-01', isExpired: false };
    const [first, ...rest] = shells;
    const findings = [{ ...budget, ...first, waiver }, ...rest];
    expect(foldFindings(imageWith({ findings })).map(({ members }) => members.length)).toEqual([1, 1, 1]);
  });
});
