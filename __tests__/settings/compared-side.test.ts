import { describe, expect, it } from '@jest/globals';
import { readComparedSide } from '../../src/settings/compared-side.ts';
import type { FileKind } from '../../src/settings/files.ts';

const starts: Readonly<Record<string, string>> = {
  '/w/main.json': '',
  '/w/report': ' \n{"schemaVersion":1',
  '/w/bom': '\ufeff{',
  '/w/save.tar': 'manifest.json\0\0\0',
};
const place = {
  cwd: '/w',
  files: {
    kindOf: async (path: string): Promise<FileKind> =>
      path === '/w/layout.json' ? 'folder' : path in starts ? 'file' : 'missing',
  },
  readStart: async (path: string) => starts[path] ?? '',
};

describe('readComparedSide', () => {
  it.each([
    ['main.json', '/w/main.json'],
    ['report', '/w/report'],
    ['bom', '/w/bom'],
    ['./report', '/w/report'],
  ])('takes %s for a report', async (written, path) => {
    expect(await readComparedSide(written, place)).toEqual({ transport: 'report', place: path, written });
  });

  it.each([
    ['save.tar', 'docker-archive'],
    ['docker-archive:save.tar', 'docker-archive'],
    ['oci-archive:main.json', 'oci-archive'],
    ['app', 'docker-daemon'],
    ['docker://ghcr.io/org/app.json', 'docker'],
    ['docker-daemon:app.json', 'docker-daemon'],
  ])('takes %s for an image, as inspect does', async (written, transport) => {
    expect(await readComparedSide(written, place)).toMatchObject({ transport, written });
  });

  it.each([
    ['', /empty/],
    ['nowhere.json', /`nowhere.json` does not exist/],
    ['./nowhere', /does not exist/],
    ['layout.json', /no OCI layout/],
  ])('refuses %j', async (written, message) => {
    await expect(readComparedSide(written, place)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });
});
