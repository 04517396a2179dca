import { describe, expect, it } from '@jest/globals';
import type { FileKind } from '../../src/settings/files.ts';
import { readImageSource } from '../../src/settings/image-source.ts';
import { UserError } from '../../src/user-error.ts';

const present: Readonly<Record<string, FileKind>> = {
  '/w/layout': 'folder',
  '/w/layout/index.json': 'file',
  '/w/a:b:c': 'folder',
  '/w/empty': 'folder',
  '/w/app.tar': 'file',
  '/abs/app.tar': 'file',
  '/w/pipe': 'other',
};
const place = { cwd: '/w', files: { kindOf: async (path: string): Promise<FileKind> => present[path] ?? 'missing' } };
const read = (written: string) => readImageSource(written, place);

describe('readImageSource', () => {
  it.each<[string, object]>([
    ['oci:layout', { transport: 'oci', place: 'layout' }],
    ['oci:layout:v1', { transport: 'oci', place: 'layout', tag: 'v1' }],
    ['oci:layout:shop/api:v1', { transport: 'oci', place: 'layout', tag: 'shop/api:v1' }],
    ['oci:layout:', { transport: 'oci', place: 'layout' }],
    ['oci:a:b:c', { transport: 'oci', place: 'a:b:c' }],
    ['oci:a:b:c:v1', { transport: 'oci', place: 'a:b:c', tag: 'v1' }],
    ['oci-archive:app.tar', { transport: 'oci-archive', place: 'app.tar' }],
    ['docker-archive:/abs/app.tar:app:1', { transport: 'docker-archive', place: '/abs/app.tar', tag: 'app:1' }],
    ['docker-archive:pipe', { transport: 'docker-archive', place: 'pipe' }],
    ['docker-daemon:app:1', { transport: 'docker-daemon', place: 'app:1' }],
    ['docker-daemon:host:5000/app', { transport: 'docker-daemon', place: 'host:5000/app:latest' }],
    ['docker-daemon:app@sha256:00', { transport: 'docker-daemon', place: 'app@sha256:00' }],
    ['docker-daemon:0123456789ab', { transport: 'docker-daemon', place: '0123456789ab' }],
    ['docker://gcr.io/a/b:c', { transport: 'docker', place: 'gcr.io/a/b:c' }],
  ])('reads %s', async (written, expected) => {
    expect(await read(written)).toEqual({ ...expected, written });
  });

  it.each<[string, string, string, RegExp]>([
    ['layout', 'oci', 'layout', /is a folder: taken as oci:layout/],
    ['app.tar', 'docker-archive', 'app.tar', /is a file: taken as docker-archive:app.tar/],
    ['app', 'docker-daemon', 'app:latest', /is no path: taken as docker-daemon:app:latest/],
    ['docker.io/library/app:1', 'docker-daemon', 'docker.io/library/app:1', /is no path/],
    ['oci-app:1', 'docker-daemon', 'oci-app:1', /is no path/],
    ['docker:24', 'docker-daemon', 'docker:24', /is no path/],
  ])('guesses %s and says so', async (written, transport, where, guess) => {
    expect(await read(written)).toEqual({ transport, place: where, written, guess: expect.stringMatching(guess) });
  });

  it.each([
    ['', /IMAGE is empty/],
    ['oci:', /names no image/],
    ['docker://', /names no image/],
    ['oci:nowhere:v1', /`nowhere:v1` does not exist/],
    ['./nowhere', /`.\/nowhere` does not exist/],
    ['empty', /without an index.json/],
    ['oci:app.tar', /is a file, which oci: does not read/],
    ['docker-archive:layout', /is a folder, which docker-archive: does not read/],
    ['dir:layout', /transport `dir` is not supported/],
  ])('refuses %j with one sentence', async (written, message) => {
    const error = await read(written).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message), hint: expect.any(String) });
  });
});
