import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from '../../../src/report/html/html.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { hostileReport } from '../../support/hostile-report.ts';
import { tagsOf } from '../../support/rendered-markdown.ts';
import { createReport } from '../../support/report.ts';

const ownTags = ['body', 'br', 'code', 'div', 'footer', 'h1', 'h2', 'head', 'html', 'li', 'meta', 'p', 'pre', 'rect']
  .concat(['section', 'small', 'span', 'strong', 'style', 'svg', 'table', 'tbody', 'td', 'th', 'thead', 'title', 'tr'])
  .concat(['ul']);
const voidTags = ['meta', 'br', 'rect'];

describe('html', () => {
  it('escapes every text, wherever it stands, and nothing twice', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(html`<p title="${'"><script>'}">${[inner, 7, undefined, 'a&b']}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;"><b>&lt;i&gt;</b>7a&amp;b</p>',
    );
  });
});

describe('a page', () => {
  it('allows its own style and nothing else', () => {
    const page = renderHtml(createReport());
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy?.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it('full of hostile text has no tag and no attribute but ours, closes what it opens, and names no address', () => {
    fc.assert(
      fc.property(hostileReport(), (report) => {
        const page = renderHtml(report);
        expect(tagsOf(page).filter((tag) => !ownTags.includes(tag))).toEqual([]);
        expect(page).not.toMatch(/<[^>]*\s(?:on\w+|style|href|src)\s*=/i);
        expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        for (const tag of tagsOf(page).filter((name) => !voidTags.includes(name))) {
          const opened = page.match(new RegExp(`<${tag}[ >]`, 'g')) ?? [];
          expect([tag, opened.length]).toEqual([tag, (page.match(new RegExp(`</${tag}>`, 'g')) ?? []).length]);
        }
      }),
      { numRuns: 30 },
    );
  });
});
