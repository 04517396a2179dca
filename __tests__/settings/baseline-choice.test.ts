import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { complaint, repository, settingsOf } from './project.ts';

const chosen = async (cwd: string, flags: Parameters<typeof settingsOf>[1] = {}) =>
  (await settingsOf(cwd, flags)).images[0]?.baseline;

describe('--baseline', () => {
  it.each<[string, object]>([
    ['main.json', { kind: 'file', asWritten: 'main.json' }],
    ['cache', { kind: 'file', asWritten: 'cache' }],
    ['rebuild:main', { kind: 'rebuild', revision: 'main' }],
    ['rebuild:HEAD~2', { kind: 'rebuild', revision: 'HEAD~2' }],
    ['none', { kind: 'none' }],
    [
      'docker://ghcr.io/octo/api:main',
      { kind: 'image', source: { transport: 'docker', place: 'ghcr.io/octo/api:main' } },
    ],
    ['docker-daemon:api', { kind: 'image', source: { transport: 'docker-daemon', place: 'api:latest' } }],
  ])('%s', async (baseline, choice) => {
    expect(await chosen(await repository(), { baseline })).toMatchObject(choice);
  });

  it('is a file of that name before it is a word', async () => {
    const cwd = await repository({ none: '{}', rebuild: '{}' });
    expect(await chosen(cwd, { baseline: 'none' })).toMatchObject({ kind: 'file', path: join(cwd, 'none') });
    expect(await chosen(cwd, { baseline: 'rebuild' })).toMatchObject({ kind: 'file', path: join(cwd, 'rebuild') });
  });

  it.each<[string, RegExp]>([
    ['rebuild', /no commit is named\.\nWrite rebuild:COMMIT/],
    ['rebuild:', /names no commit/],
    ['rebuild:--upload-pack=x', /names no commit/],
    ['rebuild:a b', /names no commit/],
    ['oci:gone', /does not exist/],
    ['docker://', /names no image/],
  ])('is refused as %s', async (baseline, message) => {
    expect(await complaint(await repository(), { baseline })).toMatch(message);
  });

  it('is one image only for one image', async () => {
    const cwd = await repository({ 'stagegate.yml': 'images: { api: {}, web: {} }\n' });
    expect(await complaint(cwd, { baseline: 'docker://ghcr.io/octo/api' })).toMatch(
      /^--baseline: `docker:\/\/ghcr.io\/octo\/api` is one image, and there are 2\.\nChoose one with --image: api, web/,
    );
  });
});

describe('baseline in the config file', () => {
  const config = (baseline: string) => ({ 'stagegate.yml': `images: { api: { baseline: "${baseline}" } }\n` });

  it.each<[string, object]>([
    ['rebuild', { kind: 'rebuild' }],
    ['artifact', { kind: 'artifact' }],
    ['none', { kind: 'none' }],
    ['docker://ghcr.io/octo/api:main', { kind: 'image', source: { place: 'ghcr.io/octo/api:main' } }],
    ['main.json', { kind: 'file', asWritten: 'main.json' }],
  ])('%s', async (baseline, choice) => {
    expect(await chosen(await repository({ ...config(baseline), 'main.json': '{}' }))).toMatchObject(choice);
  });

  it.each(['rebuild:main', 'docker-daemon:api', 'oci:out', '../main.json', 'gone.json', 'link.json'])(
    'is refused as %s',
    async (baseline) => {
      const cwd = await repository(config(baseline));
      await symlink('/etc/hostname', join(cwd, 'link.json'));
      expect(await complaint(cwd)).toMatch(/^stagegate\.yml:1:28: `/);
    },
  );

  it('gives way to what is typed, and to every word of the input but auto', async () => {
    const cwd = await repository(config('rebuild'));
    expect(await chosen(cwd, { baseline: 'x.json' })).toMatchObject({ kind: 'file' });
    expect(await chosen(cwd, { baselineWord: 'cache' })).toEqual({ kind: 'cache' });
    expect(await chosen(cwd, { baselineWord: 'auto' })).toEqual({ kind: 'rebuild' });
  });
});
