import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts';
import type { Report, WeighedPlatform } from '../../../src/report/report.ts';
import { createProfileLayer } from '../../support/profile.ts';
import { renderGfm } from '../../support/rendered-markdown.ts';
import {
  createBuild,
  createCheck,
  createFailure,
  createFinding,
  createImageReport,
  createPlatform,
  createReport,
  createTest,
} from '../../support/report.ts';

function reportOf(platform: Partial<WeighedPlatform>, verdict: Report['verdict'] = 'pass'): Report {
  return createReport({ verdict, images: [createImageReport({ verdict, platforms: [createPlatform(platform)] })] });
}

describe('renderMarkdown', () => {
  it.each([
    ['pass', '### ✅ Pass · `api` · 58.1 MB unpacked (+1.2 MB) · 21.3 MB download (+402.1 kB)'],
    ['fail', '### ❌ Fail · `api` · 58.1 MB unpacked (+1.2 MB) · 21.3 MB download (+402.1 kB)'],
    ['error', '### ⚠️ Error · `api` · 58.1 MB unpacked (+1.2 MB) · 21.3 MB download (+402.1 kB)'],
  ] as const)('starts with the verdict %s, the name and both sizes', (verdict, headline) => {
    expect(renderMarkdown(reportOf({}, verdict)).split('\n')[0]).toBe(headline);
  });

  it('shows notices as one alert under the headline', () => {
    const [headline, alert] = renderMarkdown(createReport(), { lead: ['The file `a.yml` changed.', ' '] }).split(
      '\n\n',
    );
    expect(headline).toMatch(/^### ✅ Pass/);
    expect(alert).toBe('> [!WARNING]\n> The file `a.yml` changed.');
  });

  it('lists several notices, and lets none of them out of the alert', () => {
    const lead = ['one\n\n# two', '</blockquote> @octocat', '- three'];
    const html = renderGfm(renderMarkdown(createReport(), { lead }));
    const [, alert = ''] = /<blockquote>([\s\S]*?)<\/blockquote>/.exec(html) ?? [];
    expect(alert.match(/<li>/g)).toHaveLength(3);
    expect(alert).toContain('one #\u{200b} two');
    expect(alert).toContain('&lt;/blockquote&gt; @\u{200b}octocat');
  });

  it('leaves out the parts that it is told to', () => {
    const markdown = renderMarkdown(createReport(), { omit: { omit: ['stages', 'steps', 'layers', 'numbers'] } });
    expect(markdown).not.toMatch(/Stage graph|Build steps|<b>Layers|Compared with|max-size` ·/);
    expect(markdown).toContain('<b>Policy</b>');
  });

  it('makes no emoji of its own colon behind a message', () => {
    const failure = createFailure({ step: ':x', message: ':x', log: ['x'] });
    const test = createTest({ status: 'failed', failures: [failure] });
    const markdown = renderMarkdown(createReport({ images: [createImageReport({ test })] }));
    expect(markdown).toContain(':\u{200b}x:\n\n```');
    expect(markdown).not.toContain(':x:');
  });

  it('links lines of the Dockerfile where addresses are given', () => {
    const links = { file: (path: string, line?: number) => `https://github.com/o/r/blob/main/${path}#L${line}` };
    const markdown = renderMarkdown(createReport(), { links });
    expect(markdown).toContain('[21](https://github.com/o/r/blob/main/services/api/Dockerfile#L21)');
  });

  it.each([
    ['javascript:alert(1)', '| 21 |'],
    ['not an address', '| 21 |'],
    ['https://github.com/a b)(c|d', '[21](https://github.com/a%20b%29%28c%7Cd)'],
  ])('makes of the address %j no more than a link', (address, expected) => {
    expect(renderMarkdown(createReport(), { links: { file: () => address } })).toContain(expected);
  });

  it('shows the largest own layers and counts the others', () => {
    const layers = Array.from({ length: 40 }, (_, position) =>
      createProfileLayer({ position, instruction: `RUN step ${position}`, unpackedBytes: position * 1000 }),
    );
    const markdown = renderMarkdown(reportOf({ layers }));
    expect(markdown).toContain('`RUN step 39`');
    expect(markdown).not.toContain('`RUN step 24`');
    expect(markdown).toContain('… and 25 more');
  });

  it('keeps failed and slow steps of a long build, in their order', () => {
    const steps = Array.from({ length: 60 }, (_, at) => ({
      instruction: `RUN step ${at}`,
      cached: at % 2 === 0,
      durationMs: at % 2 === 0 ? 0 : at * 100,
      ...(at === 0 ? { error: 'exit code: 1' } : {}),
    }));
    const markdown = renderMarkdown(reportOf({ build: createBuild({ steps }) }));
    const shown = Array.from(markdown.matchAll(/`RUN step (\d+)`/g), ([, number]) => Number(number));
    expect(shown).toHaveLength(30);
    expect(shown[0]).toBe(0);
    expect(shown.at(-1)).toBe(59);
    expect(markdown).toContain('… and 30 more');
  });

  it('keeps a log in one block, whatever fences and tags it contains', () => {
    const log = ['```', '</details>', '<script>', '````', '::error::x'];
    const test = createTest({ status: 'failed', failures: [createFailure({ log })] });
    const html = renderGfm(renderMarkdown(createReport({ images: [createImageReport({ verdict: 'fail', test })] })));
    expect(html).toContain('```\n&lt;/details&gt;\n&lt;script&gt;\n````\n::error::x');
    expect(html).not.toContain('<script>');
  });

  it('shows the warnings that fail an image where no error does', () => {
    const warning = createFinding({ severity: 'warning', message: 'a shell is in the image' });
    const [lead = ''] = renderMarkdown(reportOf({ findings: [warning] }, 'fail')).split('<details>');
    expect(lead).toContain('⚠️ warning · `nonroot`: a shell is in the image');
  });

  it('leaves the warnings of an image that passed to the policy section', () => {
    const warning = createFinding({ severity: 'warning', message: 'a shell is in the image' });
    const [lead = '', ...sections] = renderMarkdown(reportOf({ findings: [warning] })).split('<details>');
    expect(lead).not.toContain('a shell is in the image');
    expect(sections.join()).toContain('a shell is in the image');
  });

  it('names a failed check that no finding explains, with what to do', () => {
    const check = createCheck({
      rule: 'max-download-size',
      status: 'not-judged',
      statement: 'unknown',
      hint: 'use `buildx`',
    });
    const [lead] = renderMarkdown(reportOf({ checks: [check] }, 'error')).split('<details>');
    expect(lead).toContain('❔ not judged · `max-download-size`: unknown. **What to do:** use `buildx`');
  });

  it('stays far below the size that GitHub refuses, however large the report', () => {
    const long = 'x'.repeat(10_000);
    const findings = Array.from({ length: 500 }, (_, at) => createFinding({ message: `${at} of many` }));
    const layers = Array.from({ length: 500 }, (_, position) => createProfileLayer({ position, instruction: long }));
    const checks = Array.from({ length: 200 }, (_, at) => createCheck({ rule: `rule-${at}` }));
    const test = createTest({
      status: 'failed',
      failures: [createFailure({ log: Array.from({ length: 999 }, () => long) })],
    });
    const image = createImageReport({
      verdict: 'fail',
      test,
      platforms: [createPlatform({ findings, layers, checks })],
    });
    expect(renderMarkdown(createReport({ verdict: 'fail', images: [image] })).length).toBeLessThan(60_000);
  });
});
