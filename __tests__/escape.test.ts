import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  escapeHtml,
  escapeMarkdown,
  escapeMarkdownBlock,
  escapeMarkdownCode,
  escapeMarkdownCodeInTable,
  escapeTerminal,
  escapeWorkflowLog,
  stripColours,
} from '../src/escape.ts';
import { hostileText } from './support/hostile.ts';
import { decode, githubReference, proseOf, renderGfm, tagsOf } from './support/rendered-markdown.ts';

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('escapeMarkdown', () => {
  it.each([
    ['plain words', 'plain words'],
    ['58.1 MB of 60.0 MB', '58.1 MB of 60.0 MB'],
    ['1. first', '1\\. first'],
    ['# title', '\\#\u{200b} title'],
    ['a|b', 'a&#124;b'],
    ['@octocat', '@\u{200b}octocat'],
    ['$HOME', '<span>$</span>HOME'],
    ['a\nb', 'a b'],
    ['\u{202e}xyz', '&#92;u202exyz'],
  ])('writes %j as %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('never yields a tag, a link or an image, whatever the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const html = renderGfm(escapeMarkdown(text)).replaceAll('<span>$</span>', '$');
        expect(tagsOf(html).filter((tag) => tag !== 'p')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('never yields a mention or a reference that GitHub would follow', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(proseOf(renderGfm(`before ${escapeMarkdown(text)} after`))).not.toMatch(githubReference);
      }),
      { numRuns: 100 },
    );
  });

  it('stays one cell of a table', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const html = renderGfm(`| a | b |\n| --- | --- |\n| ${escapeMarkdown(text)} | last |`);
        expect(html.match(/<td>/g)).toHaveLength(2);
        expect(html).toContain('<td>last</td>');
      }),
      { numRuns: 100 },
    );
  });
});

describe('escapeMarkdownCode', () => {
  it.each([
    ['npm ci', '`npm ci`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['', '-'],
    ['  ', '`\\x20`'],
    ['a\nb', '`a\\nb`'],
    ['a | b', '`a | b`'],
  ])('writes %j as %j', (text, expected) => {
    expect(escapeMarkdownCode(text)).toBe(expected);
  });

  it('is one code span and nothing else, whatever the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        fc.pre(text !== '');
        const html = renderGfm(`before ${escapeMarkdownCode(text)} after`);
        expect(html).toMatch(/^<p>before <code>[^<]*<\/code> after<\/p>$/);
      }),
      { numRuns: 100 },
    );
  });

  it('shows the text itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '');
        const [, code = ''] = /<code>([^<]*)<\/code>/.exec(renderGfm(`x ${escapeMarkdownCode(text)}`)) ?? [];
        expect(decode(code)).toBe(text);
      }),
    );
  });
});

describe('escapeMarkdownCodeInTable', () => {
  it.each([
    ['a | b', '`a \\| b`'],
    ['a \\| b', '`a \\\\x7c b`'],
  ])('writes %j as %j', (text, expected) => {
    expect(escapeMarkdownCodeInTable(text)).toBe(expected);
  });

  it('stays one cell with one code span', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        fc.pre(text !== '');
        const html = renderGfm(`| a | b |\n| --- | --- |\n| ${escapeMarkdownCodeInTable(text)} | last |`);
        expect(html).toMatch(/<tr>\n<td><code>[^<]*<\/code><\/td>\n<td>last<\/td>\n<\/tr>/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('escapeMarkdownBlock', () => {
  it('is one code block inside of details, whatever the log contains', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 1, maxLength: 5 }), (lines) => {
        const html = renderGfm(`<details>\n\n${escapeMarkdownBlock(lines, 'text')}\n\n</details>\n\nafter`);
        expect(html).toMatch(
          /^<details>\n<pre><code class="language-text">[^<]*<\/code><\/pre>\n<\/details>\n<p>after<\/p>$/,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('keeps lines and indentation', () => {
    expect(escapeMarkdownBlock(['a', '  b', '\tc'])).toBe('```\na\n  b\n    c\n```');
  });
});

describe('escapeHtml', () => {
  it('leaves nothing that opens a tag or ends an attribute', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

describe('escapeTerminal', () => {
  it.each([
    ['\u{1b}[31mred', '\\x1b[31mred'],
    ['a\u{202e}b', 'a\\u202eb'],
    ['\u{9b}2J', '\\x9b2J'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['a\r\n\tb', 'a\\r\\n\\tb'],
    ['漢字 é', '漢字 é'],
  ])('shows %j as %j', (text, expected) => {
    expect(escapeTerminal(text)).toBe(expected);
  });

  it('leaves no character that a terminal obeys or hides', () => {
    fc.assert(fc.property(hostileText(), (text) => expect(escapeTerminal(text)).not.toMatch(invisible)));
  });
});

describe('escapeWorkflowLog', () => {
  it.each([
    ['::error::x', ':\u{200b}:error::x'],
    ['  ::set-env name=a::b', '  :\u{200b}:set-env name=a::b'],
    ['#7 0.2 ##[set-output name=a]b', '#7 0.2 ##\u{200b}[set-output name=a]b'],
    ['std::vector', 'std::vector'],
    ['\u{1b}[32m::error::x\u{1b}[0m', ':\u{200b}:error::x'],
    ['\u{1b}[1A', '\\x1b[1A'],
  ])('prints %j as %j', (line, expected) => {
    expect(escapeWorkflowLog(line)).toBe(expected);
  });

  it('never prints what the runner would obey', () => {
    fc.assert(
      fc.property(hostileText(), (line) => {
        const printed = escapeWorkflowLog(line);
        expect(printed.trim().startsWith('::')).toBe(false);
        expect(printed).not.toContain('##[');
        expect(printed.replaceAll('\u{200b}', '')).not.toMatch(invisible);
      }),
      { numRuns: 100 },
    );
  });
});

describe('stripColours', () => {
  it('takes out colour codes and leaves everything else that an escape starts', () => {
    expect(stripColours('\u{1b}[1;31mred\u{1b}[0m \u{1b}[2J')).toBe('red \u{1b}[2J');
  });
});
