import { describe, expect, it } from '@jest/globals';
import { type CompareFlags, readCompareSettings } from '../../src/settings/compare-settings.ts';
import type { Files } from '../../src/settings/files.ts';

const files: Files = {
  kindOf: async (path) =>
    ['/w', '/w/old', '/w/new'].includes(path) ? 'folder' : /main\.json$/.test(path) ? 'file' : 'missing',
  sizeOf: async () => 0,
  read: async () => new Uint8Array(),
  realPath: async (path) => path,
};
const read = (flags: CompareFlags, base = 'oci:old') =>
  readCompareSettings({ base, head: 'oci:new', flags, cwd: '/w', files, readStart: async () => '' });

describe('readCompareSettings', () => {
  it('shows ten paths, judges nothing, uses the layer index and writes text to stdout unless told otherwise', async () => {
    expect(await read({})).toEqual({
      base: { transport: 'oci', place: 'old', written: 'oci:old' },
      head: { transport: 'oci', place: 'new', written: 'oci:new' },
      rules: new Map([['max-growth', { severity: 'off', options: {} }]]),
      top: 10,
      useIndex: true,
      plainHttp: false,
      outputs: [{ format: 'text', file: undefined }],
    });
  });

  it('takes every option', async () => {
    const flags = { platform: 'linux/arm64', base: 'docker-daemon:debian', image: 'api', maxGrowth: '5%', top: '100' };
    const more = { index: false, plainHttp: true, format: 'markdown', output: ['html=x.html'] };
    expect(await read({ ...flags, ...more }, 'main.json')).toMatchObject({
      base: { transport: 'report', place: '/w/main.json' },
      namedBase: { transport: 'docker-daemon', place: 'debian:latest' },
      platform: 'linux/arm64',
      image: 'api',
      rules: new Map([['max-growth', { severity: 'error', options: { limit: { percent: 5 } } }]]),
      top: 100,
      useIndex: false,
      plainHttp: true,
      outputs: [
        { format: 'markdown', file: undefined },
        { format: 'html', file: '/w/x.html' },
      ],
    });
  });

  it.each<[CompareFlags, RegExp]>([
    [{ top: '101' }, /--top: `101` is not a whole number from 0 to 100/],
    [{ maxGrowth: '5 bananas' }, /--max-growth: `5 bananas`/],
    [{ platform: 'a b' }, /not a platform/],
    [{ format: 'pdf' }, /--format/],
    [{ output: ['nowhere/x.json'] }, /does not exist/],
    [{ base: 'oci:nowhere' }, /does not exist/],
    [{ image: 'api' }, /--image names an entry of a report/],
  ])('refuses %j before anything is opened', async (flags, message) => {
    await expect(read(flags)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  });
});
