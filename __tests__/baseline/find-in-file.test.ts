import { describe, expect, it } from '@jest/globals';
import { findInFile } from '../../src/baseline/find-in-file.ts';
import { imageEntry } from '../build/image-entry.ts';
import { createProfile } from '../support/profile.ts';
import { createReport, createUnbuiltPlatform } from '../support/report.ts';

const file = { path: '/somewhere/main.json', asWritten: 'main.json' };
const wanted = { entry: imageEntry(), platform: 'linux/amd64', head: Promise.resolve(undefined) };
const reading = (text: string) => findInFile(file, async () => text)(wanted);

describe('findInFile', () => {
  it('gives the profile, commit and time of the image and platform asked for', async () => {
    const { baseline, tried } = await reading(JSON.stringify(createReport()));
    expect(baseline?.profile).toEqual(createProfile());
    const { commit, startedAt } = createReport().run;
    expect(baseline).toMatchObject({ label: 'main.json', origin: { source: 'file', commit, recordedAt: startedAt } });
    expect(tried).toEqual([]);
  });

  it.each([
    ['nothing', '', 'main.json is not complete JSON'],
    ['half a report', JSON.stringify(createReport()).slice(0, 900), 'main.json is not complete JSON'],
    ['an older schema', '{"schemaVersion":0}', 'its schemaVersion is 0, not 1'],
    ['no schema at all', '[]', 'its schemaVersion is missing, not 1'],
    [
      'a report with a planted number',
      plant('unpackedBytes', -5),
      'is not a report as --record writes it (at images.0',
    ],
    [
      'a report with text for a number',
      plant('unpackedBytes', '1'),
      'is not a report as --record writes it (at images.0',
    ],
    ['another image', JSON.stringify(createReport({ images: [] })), 'has no image named api: it has none'],
    ['another platform', plant('platform', 'linux/arm64'), 'has api for linux/arm64, not for linux/amd64'],
    ['an image that did not build', unbuilt(), 'has api for no platform, not for linux/amd64'],
  ])('goes without a baseline when the file holds %s, and says why', async (_, text, reason) => {
    const { baseline, tried } = await reading(text);
    expect(baseline).toBeUndefined();
    expect(tried[0]?.reason).toContain(reason);
  });

  it('goes without a baseline when there is no such file', async () => {
    const { tried } = await findInFile(file, () => Promise.reject(new Error('ENOENT')))(wanted);
    expect(tried).toEqual([{ source: 'file', reason: 'main.json cannot be read, or does not exist yet' }]);
  });
});

function plant(key: string, value: unknown): string {
  return JSON.stringify(createReport(), (name, old: unknown) => (name === key ? value : old));
}

function unbuilt(): string {
  const [image] = createReport().images;
  return JSON.stringify({ ...createReport(), images: [{ ...image, platforms: [createUnbuiltPlatform()] }] });
}
