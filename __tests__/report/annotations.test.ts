import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { annotations } from '../../src/report/annotations.ts';
import { hugeHostileReport } from '../support/hostile-report.ts';
import {
  createFailure,
  createFinding,
  createImageReport,
  createPlatform,
  createReport,
  createTest,
  createUnbuiltPlatform,
} from '../support/report.ts';

const file = 'services/api/Dockerfile';

function annotate(image: Parameters<typeof createImageReport>[0], prefix?: string) {
  const report = createReport({ verdict: 'fail', images: [createImageReport({ verdict: 'fail', ...image })] });
  return annotations(report, prefix === undefined ? {} : { prefix });
}

describe('annotations', () => {
  it('put a finding on its line, with the way out, in plain text', () => {
    expect(annotate({ findings: [createFinding()] })).toEqual([
      {
        level: 'error',
        title: 'nonroot',
        message:
          "the container runs as root: no stage sets USER and the base image sets none\nFix: add 'USER 65532:65532' after line 22",
        file,
        line: 18,
      },
    ]);
  });

  it('put a failing test step on its line with the end of its log, and say it once', () => {
    const evidence = [{ file, line: 14 }];
    const findings = [createFinding({ rule: 'test-target', message: 'test target test failed', evidence })];
    const [only, ...others] = annotate({
      test: createTest({ status: 'failed', failures: [createFailure()] }),
      findings,
    });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ level: 'error', title: 'tests failed', file, line: 14 });
    expect(only?.message.split('\n').slice(0, 2)).toEqual([
      "'RUN npm test' (line 14) ended with exit code 1:",
      '✖ refuses an order without items (3.2ms)',
    ]);
  });

  it('put a failing build step on its line', () => {
    const [only] = annotate({ platforms: [createUnbuiltPlatform()] });
    expect(only).toMatchObject({ level: 'error', title: 'build failed', file, line: 9 });
  });

  it('say the same finding of two platforms once', () => {
    const findings = [createFinding()];
    const platforms = ['linux/amd64', 'linux/arm64'].map((platform) => createPlatform({ platform, findings }));
    expect(annotate({ platforms })).toHaveLength(1);
    expect(annotate({ platforms })[0]?.message).not.toContain('linux/');
  });

  it('name the platform where what one line does differs by it', () => {
    const platforms = ['linux/amd64', 'linux/arm64'].map((platform) =>
      createPlatform({ platform, findings: [createFinding({ message: `too large on ${platform.slice(6)}` })] }),
    );
    const [only, ...others] = annotate({ platforms });
    expect(others).toEqual([]);
    expect(only?.message).toMatch(/^linux\/amd64: too large on amd64\nlinux\/arm64: too large on arm64\nFix: /);
  });

  it('name the image where a run has several', () => {
    const image = createImageReport({ verdict: 'fail', findings: [createFinding()] });
    const all = annotations(createReport({ images: [image, { ...image, name: 'worker' }] }));
    expect(all.map(({ title }) => title)).toEqual(['nonroot (api)', 'nonroot (worker)']);
  });

  it('leave waived findings out, and keep those whose waiver ran out', () => {
    const waiver = { reason: 'legacy', owner: '@net', expires: '2026-01-01' };
    const findings = [true, false].map((isExpired) =>
      createFinding({ rule: isExpired ? 'expired' : 'open', waiver: { ...waiver, isExpired } }),
    );
    expect(annotate({ findings }).map(({ title }) => title)).toEqual(['expired']);
  });

  it.each([
    ['no line', [{ file }], undefined],
    ['no file', [{ path: 'bin/sh', layer: 3 }], undefined],
    ['a file outside the repository', [{ file: '../../x', line: 1 }], 'services'],
    ['a name that cannot be written', [{ file: 'a\u{202e}b', line: 1 }], undefined],
  ])('stand nowhere rather than at a wrong place: %s', (_, evidence, prefix) => {
    const [only] = annotate({ findings: [createFinding({ evidence })] }, prefix);
    expect(only).not.toHaveProperty('file');
    expect(only).not.toHaveProperty('line');
  });

  it('give paths from the root of the repository', () => {
    const findings = [createFinding({ evidence: [{ file: 'api/Dockerfile', line: 2 }] })];
    expect(annotate({ findings }, 'services')[0]).toMatchObject({ file, line: 2 });
  });

  it('are nine of a level at most, errors first, the ninth counting the rest', () => {
    const warnings = Array.from({ length: 3 }, (_, at) => createFinding({ rule: `warn-${at}`, severity: 'warning' }));
    const errors = Array.from({ length: 14 }, (_, at) => createFinding({ rule: `rule-${at}` }));
    const all = annotate({ findings: [...warnings, ...errors] });
    expect(all.map(({ level }) => level)).toEqual([...Array(9).fill('error'), ...Array(3).fill('warning')]);
    expect(all[7]?.title).toBe('rule-7');
    expect(all[8]).toEqual({
      level: 'error',
      title: '6 more errors',
      message: '6 more errors: GitHub shows ten in all. They are in the job summary.',
    });
  });

  it('keep the remedy however long the message is', () => {
    const [only] = annotate({ findings: [createFinding({ message: 'x'.repeat(9_000) })] });
    expect(only?.message).toContain('…\nFix: add');
  });

  it('stay within what GitHub shows, as plain lines, whatever the report holds', () => {
    fc.assert(
      fc.property(hugeHostileReport(), (report) => {
        const all = annotations(report);
        for (const level of ['error', 'warning', 'notice']) {
          expect(all.filter((each) => each.level === level).length).toBeLessThanOrEqual(10);
        }
        for (const { title, message, file: place = '' } of all) {
          expect(message.length).toBeLessThanOrEqual(4000);
          expect(title + message).not.toContain('`');
          expect((title + message.replaceAll('\n', '') + place).match(/[\p{Cc}\p{Cf}\p{Cs}]/u)).toBeNull();
        }
      }),
      { numRuns: 20 },
    );
  });
});
