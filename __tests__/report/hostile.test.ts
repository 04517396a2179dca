import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { displayWidth } from '../../src/report/text/display-width.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { hostileReport, ownTags } from '../support/hostile-report.ts';
import { githubReference, proseOf, renderGfm, tagsOf } from '../support/rendered-markdown.ts';

describe('a report full of hostile text', () => {
  it('has no tag in Markdown but ours', () => {
    fc.assert(
      fc.property(hostileReport(), (report) => {
        const html = renderGfm(renderMarkdown(report));
        expect(tagsOf(html).filter((tag) => !ownTags.includes(tag))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('links to nothing but what the links option gives', () => {
    const links = { file: () => 'https://github.com/octo/shop/blob/main/x) <b>|`' };
    fc.assert(
      fc.property(hostileReport(), (report) => {
        const html = renderGfm(renderMarkdown(report, { links }));
        const targets = Array.from(html.matchAll(/(?:href|src)="([^"]*)"/g), ([, target]) => target);
        expect(new Set(targets).size).toBeLessThanOrEqual(1);
        expect(targets.every((target) => target?.startsWith('https://github.com/octo/shop/blob/main/x'))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('mentions nobody and refers to nothing', () => {
    fc.assert(
      fc.property(hostileReport(), (report) => {
        expect(proseOf(renderGfm(renderMarkdown(report)))).not.toMatch(githubReference);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps every table row at the width of its header', () => {
    fc.assert(
      fc.property(hostileReport(), (report) => {
        const html = renderGfm(renderMarkdown(report));
        for (const [table] of html.matchAll(/<table>[\s\S]*?<\/table>/g)) {
          const width = table.match(/<th[ >]/g)?.length;
          const rows = [...table.matchAll(/<tr>[\s\S]*?<\/tr>/g)].slice(1);
          for (const [row] of rows) expect(row.match(/<td[ >]/g)).toHaveLength(width ?? 0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('sends a terminal nothing but our own colours', () => {
    fc.assert(
      fc.property(hostileReport(), fc.boolean(), (report, color) => {
        const text = renderText(report, { color, width: 80 }).replaceAll('\n', '');
        const rest = color ? text.replace(/\u{1b}\[(?:[12]|22|3[1236]|39)m/gu, '') : text;
        expect(rest).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 30 },
    );
  });

  it('breaks or cuts every line at the width of the terminal, headlines apart', () => {
    fc.assert(
      fc.property(hostileReport(), (report) => {
        const lines = renderText(report, { color: false, width: 120 }).split('\n');
        const tooWide = lines.filter((line) => line.startsWith('  ') && displayWidth(line) > 120);
        expect(tooWide).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('stays the same value in JSON, without a character that a terminal obeys', () => {
    fc.assert(
      fc.property(hostileReport(), (report) => {
        const json = renderJson(report);
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
      }),
      { numRuns: 30 },
    );
  });
});
