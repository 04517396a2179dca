import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Contents } from '../../src/profile/contents/contents-schema.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts';
import { type Report, reportSchema } from '../../src/report/report.ts';
import { displayWidth } from '../../src/report/text/display-width.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { hostileText } from '../support/hostile.ts';
import { ownTags } from '../support/hostile-report.ts';
import { createProfile } from '../support/profile.ts';
import { renderGfm, tagsOf } from '../support/rendered-markdown.ts';
import { createImageReport, createPlatform, createReport } from '../support/report.ts';

const leftovers: Contents['leftovers'] = {
  bytes: 6_000_000,
  count: 3,
  list: [
    { kind: 'package-lists', path: '/var/lib/apt/lists', bytes: 3_000_000, files: 40, layer: 3, line: 21 },
    { kind: 'bytecode', path: '/usr/lib', bytes: 2_000_000, files: 1, layer: 0 },
    { kind: 'logs', path: '/var/log', bytes: 1_000_000, files: 2, layer: 4, line: 22 },
  ],
};
const contents: Contents = {
  users: { count: 0, list: [] },
  groups: { count: 0, list: [] },
  setuid: {
    count: 7,
    list: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({
      ...{ path: `/bin/${name}`, layer: 0, type: 'file', mode: 0o4755, uid: 0, gid: 0 },
      type: 'file',
    })),
  },
  worldWritable: { count: 1, list: [{ path: '/open', layer: 3, type: 'directory', mode: 0o777, uid: 0, gid: 0 }] },
  architectures: [{ architecture: 'amd64', count: 12, bytes: 5_000_000 }],
  binaries: { count: 12, list: [] },
  scripts: { count: 1, list: [] },
  directories: [],
  leftovers,
  notes: ['/a.jar: it is no whole zip archive'],
};
const packages: Profile['packages'] = [
  { type: 'deb', name: 'libc6', version: '2.36' },
  { type: 'npm', name: 'a', version: '1.0.0' },
  { type: 'npm', name: 'b', version: '1.0.0' },
];

function inspectionOf(profile: Partial<Profile>): Report {
  const platform = {
    ...createProfile(profile),
    baseline: { source: 'none' as const, tried: [] },
    checks: [],
    findings: [],
  };
  return createReport({ images: [createImageReport({ stages: [], checks: [], platforms: [platform] })] });
}

const checkOf = (of: Contents): Report =>
  createReport({ images: [createImageReport({ platforms: [createPlatform({ contents: of, packages })] })] });
const plain = { color: false, width: 100 };

describe('inspect says of contents', () => {
  it('the same few things in text, Markdown and HTML', () => {
    const report = inspectionOf({ contents, packages });
    const text = renderText(report, plain);
    expect(text).toContain(
      [
        'Contents',
        '  Packages           2 npm, 1 deb',
        '  Binaries           12 for amd64 (5.0 MB), 1 script',
        '  Setuid or setgid   7, the first 5: /bin/a, /bin/b, /bin/c, /bin/d, /bin/e',
        '  Anybody may write  1: /open',
        '  Not read: /a.jar: it is no whole zip archive',
        '',
        'Leftovers  6.0 MB visible that running it seldom needs',
        '  3.0 MB  package lists    40 files  layer 3, line 21  /var/lib/apt/lists',
        '  2.0 MB  compiled Python    1 file  layer 0           /usr/lib',
        '  1.0 MB  logs              2 files  layer 4, line 22  /var/log',
      ].join('\n'),
    );
    const markdown = renderMarkdown(report);
    expect(markdown).toContain('<summary><b>Contents</b> · 2 npm, 1 deb</summary>');
    expect(markdown).toContain('- Setuid or setgid: 7, the first 5: `/bin/a`, `/bin/b`');
    expect(markdown).toContain('| 3.0\u{a0}MB | package lists | 40\u{a0}files | `/var/lib/apt/lists` |');
    const html = renderHtml(report);
    expect(html).toContain('<li>Anybody may write: 1: <code>/open</code></li>');
    expect(html).toContain('<code>/var/lib/apt/lists</code>');
  });

  it('nothing where a report says nothing of them, and no leftovers where there are none', () => {
    const silent = inspectionOf({});
    const clean = inspectionOf({ contents: { ...contents, leftovers: { bytes: 0, count: 0, list: [] } }, packages });
    for (const render of [(report: Report) => renderText(report, plain), renderMarkdown, renderHtml]) {
      expect(render(silent)).not.toMatch(/Contents|Leftovers/);
      expect(render(clean)).toMatch('Contents');
      expect(render(clean)).not.toMatch('Leftovers');
    }
  });
});

describe("a pull request's comment", () => {
  it('has one collapsed part with what own layers left', () => {
    const markdown = renderMarkdown(checkOf(contents));
    expect(markdown.match(/<b>Leftovers<\/b>/g)).toHaveLength(1);
    expect(markdown).toContain('<b>Leftovers</b> · 4.0 MB visible that running the image seldom needs');
    expect(markdown).not.toContain('/usr/lib`');
    expect(markdown).not.toContain('<b>Contents</b>');
  });

  it('has none when all of it came with the base image', () => {
    const [, ofBase] = leftovers.list;
    if (ofBase === undefined) throw new Error('no leftover of the base');
    expect(renderMarkdown(checkOf({ ...contents, leftovers: { ...leftovers, list: [ofBase] } }))).not.toMatch(
      'Leftovers',
    );
  });
});

describe('contents full of hostile text', () => {
  const hostile = fc
    .array(hostileText(), { minLength: 5, maxLength: 5 })
    .map(([a = '', b = '', c = '', d = '', e = '']) => {
      const row = contents.setuid.list[0];
      if (row === undefined) throw new Error('no row');
      return {
        ...contents,
        setuid: { count: 1, list: [{ ...row, path: a }] },
        architectures: [{ architecture: b, count: 1, bytes: 1 }],
        leftovers: { ...leftovers, list: leftovers.list.map((each) => ({ ...each, path: c })) },
        notes: [d, e],
      };
    });

  it('are a report all the same, and shown as text in every format', () => {
    fc.assert(
      fc.property(hostile, (of) => {
        for (const report of [inspectionOf({ contents: of, packages }), checkOf(of)]) {
          expect(reportSchema.safeParse(report).success).toBe(true);
          expect(tagsOf(renderGfm(renderMarkdown(report))).filter((tag) => !ownTags.includes(tag))).toEqual([]);
          const lines = renderText(report, plain).split('\n');
          expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          expect(lines.filter((line) => line.startsWith('  ') && displayWidth(line) > 100)).toEqual([]);
          expect(renderHtml(report)).not.toMatch(/<(?:script|img|a )/);
        }
      }),
      { numRuns: 40 },
    );
  });
});
