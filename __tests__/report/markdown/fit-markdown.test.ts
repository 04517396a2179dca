import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commentLimits, fitMarkdown, summaryLimits } from '../../../src/report/markdown/fit-markdown.ts';
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts';
import { type Report, reportSchema } from '../../../src/report/report.ts';
import { compared } from '../../../src/report/view/compared.ts';
import { inspected } from '../../../src/report/view/inspected.ts';
import { isJudged } from '../../../src/report/view/is-judged.ts';
import { expectGolden } from '../../support/golden.ts';
import { hostileText } from '../../support/hostile.ts';
import { hostileReport, hugeHostileReport, isOwn, ownTags } from '../../support/hostile-report.ts';
import { mapStrings } from '../../support/map-strings.ts';
import { githubReference, proseOf, renderGfm, tagsOf } from '../../support/rendered-markdown.ts';
import {
  createFailure,
  createFinding,
  createImageReport,
  createPlatform,
  createReport,
  createTest,
} from '../../support/report.ts';
import { createScenarios } from '../../support/report-scenarios.ts';

const scenarios = createScenarios();
const links = { file: (path: string, line?: number) => `https://github.com/octo/shop/blob/5f1d7a8/${path}#L${line}` };
const summaryUrl = 'https://github.com/octo/shop/actions/runs/7/attempts/1#summary-9';

/** A report whose one image fails with many findings, beside many that passed. */
function createCrowd(): Report {
  const findings = Array.from({ length: 60 }, (_, at) =>
    createFinding({ rule: `rule-${at}`, message: `finding ${at} of many` }),
  );
  const passed = Array.from({ length: 30 }, (_, at) => createImageReport({ name: `passed-${at}` }));
  const test = createTest({ status: 'failed', failures: [createFailure()] });
  const failed = createImageReport({
    name: 'broken',
    verdict: 'fail',
    test,
    platforms: [createPlatform({ findings })],
  });
  return createReport({ verdict: 'fail', images: [...passed, failed] });
}

function limit(max: number) {
  return { maxCharacters: max, maxBytes: max };
}

describe('fitMarkdown', () => {
  it.each(Object.entries(scenarios))('leaves a report that fits as it is: %s', (_, report) => {
    expect(fitMarkdown(report, { links, ...commentLimits })).toBe(renderMarkdown(report, { links }));
    expect(fitMarkdown(report, { links, ...summaryLimits })).toBe(renderMarkdown(report, { links }));
  });

  it.each([
    ['over-budget', 4_600],
    ['several-images', 4_000],
  ])('reads well when it was cut: %s', (name, max) => {
    const report = scenarios[name] ?? createReport();
    const lead = ['This pull request changes `stagegate.yml`.'];
    expectGolden(`report/fitted/${name}.md`, fitMarkdown(report, { links, lead, summaryUrl, ...limit(max) }));
  });

  it('drops what passed before anything that failed', () => {
    const cut = fitMarkdown(createCrowd(), { links, summaryUrl, ...commentLimits });
    expect(cut.length).toBeLessThanOrEqual(60_000);
    expect(cut).toContain('#### ❌ Fail · `broken`');
    expect(cut).toContain('<b>Stage graph</b>');
    expect(cut.match(/<b>Stage graph<\/b>/g)?.length).toBeLessThan(31);
    expect(cut).toContain('Left out, as it would be too long: ');
    expect(cut).toContain(`More is in the [job summary](${summaryUrl}).`);
  });

  it('names images that failed in the table of very many', () => {
    expect(renderMarkdown(createCrowd())).toContain('| ❌ Fail | `broken` |');
  });

  it.each([40_000, 20_000, 8_000, 4_000])('keeps verdict, sizes and the worst finding within %d', (max) => {
    const images = [createCrowd().images.at(-1) ?? createImageReport()];
    const cut = fitMarkdown(createReport({ verdict: 'fail', images }), { links, summaryUrl, ...limit(max) });
    expect(cut).toMatch(/^### ❌ Fail · `broken` · 58\.1 MB unpacked \(\+1\.2 MB\)/);
    expect(cut).toContain('finding 0 of many');
  });

  it('says nothing of cuts that took nothing', () => {
    const { images } = scenarios.pass ?? createReport();
    const report = createReport({ images: images.map((image) => ({ ...image, stages: [] })) });
    const cut = fitMarkdown(report, { links, ...limit(2_300) });
    expect(cut).toContain('build steps');
    expect(cut).not.toContain('stage graph');
    expect(cut).not.toContain('job summary');
  });

  it('keeps small parts when one text alone is too long', () => {
    const test = createTest({ status: 'failed', failures: [createFailure()] });
    const findings = [createFinding({ message: 'x'.repeat(100_000) })];
    const image = createImageReport({ verdict: 'fail', test, platforms: [createPlatform({ findings })] });
    const cut = fitMarkdown(createReport({ verdict: 'fail', images: [image] }), { links, ...commentLimits });
    expect(cut).toContain('<b>Stage graph</b>');
    expect(cut).toContain('too long: texts beyond 2,000 characters.');
  });

  it('links no path that was cut', () => {
    const evidence = [{ file: `${'a/'.repeat(5_000)}Dockerfile`, line: 3 }];
    const findings = Array.from({ length: 9 }, (_, at) => createFinding({ rule: `rule-${at}`, evidence }));
    const image = createImageReport({ verdict: 'fail', platforms: [createPlatform({ findings })] });
    const cut = fitMarkdown(createReport({ images: [image] }), { links, ...commentLimits });
    expect(cut).not.toContain('blob/5f1d7a8/a/');
  });

  it('counts bytes as well as characters', () => {
    const findings = Array.from({ length: 8 }, (_, at) =>
      createFinding({ rule: `rule-${at}`, message: '漢'.repeat(4_000) }),
    );
    const image = createImageReport({ verdict: 'fail', platforms: [createPlatform({ findings })] });
    const cut = fitMarkdown(createReport({ images: [image] }), { maxCharacters: 60_000, maxBytes: 65_536 });
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(65_536);
  });
});

describe('a report of any size', () => {
  const limits = fc.constantFrom(commentLimits, limit(8_000), limit(20_000));
  const notices = fc.array(hostileText(), { maxLength: 3 });

  it('fits the limits, and is the same each time', () => {
    fc.assert(
      fc.property(hugeHostileReport(), limits, notices, (report, { maxCharacters, maxBytes }, lead) => {
        const again = () => fitMarkdown(report, { links, lead, summaryUrl, maxCharacters, maxBytes });
        const cut = again();
        expect(cut.length).toBeLessThanOrEqual(maxCharacters);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
        const [only] = report.images.length === 1 ? report.images : [];
        const isBuilt = only === undefined || (inspected(only) ?? compared(only)) === undefined;
        const hasVerdict = isBuilt || isJudged(only);
        expect(cut).toMatch(hasVerdict ? /^### (✅ Pass|❌ Fail|⚠️ Error) · / : /^### \S/);
        expect(again()).toBe(cut);
      }),
      { numRuns: 20 },
    );
  });

  it.each(Object.entries(scenarios))('fits where every character is written as many: %s', (_, report) => {
    for (const worst of ['$', '\u{e0041}', '漢', '@', '&']) {
      const texts = (text: string, key: string) => (isOwn(text, key, report) ? text : worst.repeat(2_000));
      const hostile = reportSchema.parse(mapStrings(report, texts));
      const lead = [worst.repeat(2_000), worst.repeat(2_000)];
      const cut = fitMarkdown(hostile, { links, lead, summaryUrl, ...limit(8_000) });
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(8_000);
    }
  });

  it('closes what it opens, holds no tag but ours and refers to nothing', () => {
    fc.assert(
      fc.property(fc.oneof(hostileReport(), hugeHostileReport()), limits, notices, (report, bounds, lead) => {
        const html = renderGfm(fitMarkdown(report, { lead, ...bounds }));
        expect(tagsOf(html).filter((tag) => !ownTags.includes(tag))).toEqual([]);
        for (const tag of tagsOf(html).filter((name) => name !== 'br')) {
          const opened = html.match(new RegExp(`<${tag}[ >]`, 'g')) ?? [];
          expect(opened).toHaveLength((html.match(new RegExp(`</${tag}>`, 'g')) ?? []).length);
        }
        expect(proseOf(html)).not.toMatch(githubReference);
      }),
      { numRuns: 15 },
    );
  });
});
