import { describe, expect, it } from '@jest/globals';
import type { Files } from '../../src/settings/files.ts';
import { type InspectFlags, readInspectSettings } from '../../src/settings/inspect-settings.ts';

const files: Files = {
  kindOf: async (path) => (['/w', '/w/layout'].includes(path) ? 'folder' : path === '/w/base.tar' ? 'file' : 'missing'),
  sizeOf: async () => 0,
  read: async () => new Uint8Array(),
  realPath: async (path) => path,
};
const read = (flags: InspectFlags) => readInspectSettings({ image: 'oci:layout', flags, cwd: '/w', files });

describe('readInspectSettings', () => {
  it('lists twenty, uses the layer index and writes text to stdout unless told otherwise', async () => {
    expect(await read({})).toEqual({
      source: { transport: 'oci', place: 'layout', written: 'oci:layout' },
      lists: { top: 20, paths: [] },
      useIndex: true,
      plainHttp: false,
      outputs: [{ format: 'text', file: undefined }],
    });
  });

  it('takes every option', async () => {
    const flags = { platform: 'linux/arm64', base: 'oci-archive:base.tar', top: '0', layer: '3', path: ['**'] };
    const more = { record: 'r.json', index: false, plainHttp: true, format: 'html', output: ['json=x.json'] };
    expect(await read({ ...flags, ...more })).toMatchObject({
      base: { transport: 'oci-archive', place: 'base.tar' },
      platform: 'linux/arm64',
      lists: { top: 0, layer: 3, paths: ['**'] },
      useIndex: false,
      plainHttp: true,
      record: '/w/r.json',
      outputs: [
        { format: 'html', file: undefined },
        { format: 'json', file: '/w/x.json' },
      ],
    });
  });

  it.each<[InspectFlags, RegExp]>([
    [{ top: '-1' }, /--top: `-1` is not a whole number from 0 to 1000/],
    [{ top: '1e3' }, /--top/],
    [{ top: '1001' }, /--top/],
    [{ layer: 'last' }, /--layer: `last` is not a whole number/],
    [{ platform: 'a b' }, /not a platform/],
    [{ path: ['x'.repeat(70_000)] }, /--path/],
    [{ format: 'pdf' }, /--format/],
    [{ output: ['nowhere/x.json'] }, /does not exist/],
    [{ base: 'oci:nowhere' }, /does not exist/],
  ])('refuses %j before anything is opened', async (flags, message) => {
    await expect(read(flags)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
  });
});
