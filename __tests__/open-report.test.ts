import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openReport, type ReportChoice } from '../src/open-report.ts';
import type { Profile } from '../src/profile/profile.ts';
import { renderJson } from '../src/report/render-json.ts';
import type { Report } from '../src/report/report.ts';
import { UserError } from '../src/user-error.ts';
import { hostileReport } from './support/hostile-report.ts';
import { createImageReport, createPlatform, createReport, createUnbuiltPlatform } from './support/report.ts';

const source = { transport: 'report', place: '/w/main.json', written: 'main.json' } as const;
const open = (text: string, choice: Partial<ReportChoice> = {}) =>
  openReport(source, { likely: 'linux/amd64', ...choice, read: async () => text });
const openOf = (report: Report, choice?: Partial<ReportChoice>) => open(renderJson(report), choice);

const several = createReport({
  images: [
    createImageReport({ name: 'api', platforms: [createPlatform(), createPlatform({ platform: 'linux/arm64' })] }),
    createImageReport({ name: 'web' }),
  ],
});

describe('a recorded report', () => {
  it('gives its only image whatever that is called and is for', async () => {
    const report = createReport({
      images: [createImageReport({ name: 'x', platforms: [createPlatform({ platform: 'linux/s390x' })] })],
    });
    const { entry, recorded, isBuilt } = await openOf(report);
    expect([entry.name, recorded.profile.platform, recorded.commit, isBuilt]).toEqual([
      'x',
      'linux/s390x',
      report.run.commit,
      true,
    ]);
  });

  it('gives the image and the platform that are asked for, else the likely platform', async () => {
    const choices = [{ image: 'api', platform: 'arm64' }, { image: 'api', likely: 'linux/arm64' }, { image: 'api' }];
    const found = await Promise.all(choices.map(async (choice) => (await openOf(several, choice)).recorded.profile));
    expect(found.map(({ platform }) => platform)).toEqual(['linux/arm64', 'linux/arm64', 'linux/amd64']);
  });

  it.each<[string, Partial<ReportChoice>, RegExp, RegExp]>([
    ['no image', {}, /report on 2 images/, /--image\. It has: `api`, `web`/],
    ['an image that it lacks', { image: 'db' }, /has no image named `db`/, /It has: `api`, `web`/],
    ['a platform that it lacks', { image: 'api', platform: 's390x' }, /no image for linux\/s390x/, /`linux\/arm64`/],
    [
      'no platform, where none is likely',
      { image: 'api', likely: 'linux/s390x' },
      /2 platforms/,
      /--platform\. It has/,
    ],
  ])('refuses %s and names what there is', async (_, choice, message, hint) => {
    await expect(openOf(several, choice)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it.each<[string, Report]>([
    ['any image', createReport({ images: [] })],
    [
      'an image that was weighed',
      createReport({ images: [createImageReport({ platforms: [createUnbuiltPlatform()] })] }),
    ],
  ])('is refused without %s', async (_, report) => {
    await expect(openOf(report)).rejects.toMatchObject({ exitCode: 2 });
  });

  it.each<[string, string, RegExp]>([
    ['empty', '', /is not complete JSON/],
    ['truncated', renderJson(several).slice(0, 900), /is not complete JSON/],
    ['foreign', '{"name":"lodash"}', /schemaVersion is missing/],
    [
      'of another schema',
      renderJson(several).replace('"schemaVersion": 1', '"schemaVersion": 0'),
      /schemaVersion is 0/,
    ],
    ['a list', '[1]', /schemaVersion is missing/],
    ['half of one', '{"schemaVersion":1,"images":[{}]}', /is not a report as --record writes it \(at /],
    [
      'one with a long and strange version',
      JSON.stringify({ schemaVersion: '\u202e\u001b[2J'.repeat(9999) }),
      /is .{10,100}…, not 1\.$/,
    ],
  ])('that is %s cannot be opened: one sentence, exit code 3', async (_, text, message) => {
    const error: unknown = await open(text).catch((cause: unknown) => cause);
    if (!(error instanceof UserError)) throw error;
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringMatching(message) });
    expect(error.message).toMatch(/^`main.json` [^\p{Cc}\p{Cf}]{1,2000}$/u);
  });

  it.each<[string, Partial<Profile['size']>, string]>([
    [
      'holds less than its layers',
      { unpackedBytes: 1, visibleBytes: 1, wastedBytes: 0 },
      'says 1 bytes of an image whose layers hold 58100000',
    ],
    [
      'shows more than it holds',
      { visibleBytes: 58_100_000 },
      'says 58100000 bytes of an image that shows 58100000 and wastes 100000',
    ],
  ])('of an image that %s is not believed: its numbers would be drawn and compared', async (_, size, reason) => {
    const platform = createPlatform({ size: { ...createPlatform().size, ...size } });
    const report = createReport({ images: [createImageReport({ platforms: [platform] })] });
    await expect(openOf(report)).rejects.toMatchObject({ exitCode: 3, message: `\`main.json\` ${reason}.` });
  });

  it('that cannot be read is exit code 3', async () => {
    const read = () => Promise.reject(new Error('EACCES: permission denied'));
    await expect(openReport(source, { likely: 'linux/amd64', read })).rejects.toMatchObject({
      exitCode: 3,
      message: '`main.json` cannot be read: EACCES: permission denied.',
    });
  });

  it('full of hostile text opens, or is refused in one line that a terminal may show', async () => {
    await fc.assert(
      fc.asyncProperty(hostileReport(), fc.string(), async (report, image) => {
        const error: unknown = await openOf(report, { image }).then(
          () => undefined,
          (cause: unknown) => cause,
        );
        if (error === undefined) return;
        if (!(error instanceof UserError)) throw error;
        expect(`${error.message} ${error.hint ?? ''}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 50 },
    );
  });
});
