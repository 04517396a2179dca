import { describe, expect, it } from '@jest/globals';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts';
import { displayWidth } from '../../src/report/text/display-width.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { expectGolden } from '../support/golden.ts';
import { renderGfm, tagsOf } from '../support/rendered-markdown.ts';
import { createScenarios } from '../support/report-scenarios.ts';

const scenarios = Object.entries(createScenarios());
const links = { file: (path: string, line?: number) => `https://github.com/octo/shop/blob/5f1d7a8/${path}#L${line}` };

describe('a report', () => {
  it.each(scenarios)('reads well as Markdown: %s', (name, report) => {
    expectGolden(`report/${name}.md`, renderMarkdown(report, { links }));
  });

  it.each(scenarios)('reads well in a terminal: %s', (name, report) => {
    expectGolden(`report/${name}.txt`, renderText(report, { color: false, width: 100 }));
  });

  it.each(scenarios.filter(([name]) => name.startsWith('inspected')))(
    'reads well where it is narrow: %s',
    (name, report) => {
      const text = renderText(report, { color: false, width: 50 });
      expectGolden(`report/narrow/${name}.txt`, text);
      expect(text.split('\n').filter((line) => line.startsWith('  ') && displayWidth(line) > 50)).toEqual([]);
    },
  );

  it.each(scenarios)('reads well as a page: %s', (name, report) => {
    expectGolden(`report/${name}.html`, renderHtml(report));
  });

  it.each(scenarios)('is the same text with colour as without: %s', (_, report) => {
    const painted = renderText(report, { color: true, width: 100 });
    const plain = renderText(report, { color: false, width: 100 });
    // Without colour the backticks around code stay, so both are compared without.
    expect(painted.replace(/\u{1b}\[\d+m/gu, '').replaceAll('`', '')).toBe(plain.replaceAll('`', ''));
  });

  it.each(scenarios)('closes every tag that it opens: %s', (_, report) => {
    const html = renderGfm(renderMarkdown(report, { links }));
    for (const tag of tagsOf(html).filter((name) => name !== 'br')) {
      const opened = html.match(new RegExp(`<${tag}[ >]`, 'g')) ?? [];
      expect(opened).toHaveLength((html.match(new RegExp(`</${tag}>`, 'g')) ?? []).length);
    }
  });
});
