import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { complaint, project, repository, settingsOf } from './project.ts';

const twoImages = 'images:\n  api: { context: services/api }\n  web: {}\n';

describe('readSettings without a config file', () => {
  it('gates the working directory with defaults', async () => {
    const cwd = await repository();
    const settings = await settingsOf(cwd);
    expect(settings).toMatchObject({ failOn: 'error', outputs: [{ format: 'text', file: undefined }] });
    expect(settings.images).toHaveLength(1);
    expect(settings.images[0]).toMatchObject({
      name: cwd.slice(cwd.lastIndexOf('/') + 1),
      context: cwd,
      contextAsWritten: '.',
      dockerfile: join(cwd, 'Dockerfile'),
      dockerfileAsWritten: 'Dockerfile',
      buildArgs: {},
      buildContexts: {},
      secrets: [],
      noCache: false,
      pull: false,
      load: false,
      waivers: [],
    });
    expect(settings.images[0]).not.toHaveProperty('target');
  });

  it('names the image after the folder of its context', async () => {
    const cwd = await project({ 'a/My App (2)/Dockerfile': 'FROM scratch\n' });
    expect((await settingsOf(cwd, {}, 'a/My App (2)')).images[0].name).toBe('My-App-2');
  });

  it('takes flags as docker does', async () => {
    const cwd = await repository({ 'docker/prod.Dockerfile': 'FROM scratch\n', 'libs/shared/x': '' });
    const { images, builder, failOn } = await settingsOf(
      cwd,
      {
        file: 'docker/prod.Dockerfile',
        target: 'runtime',
        testTarget: 'test',
        platform: 'linux/arm64',
        buildArg: ['VERSION=1=2', 'TOKEN', 'EMPTY='],
        buildContext: ['shared=libs/shared', 'base=docker-image://alpine:3.20'],
        secret: ['id=npm'],
        network: 'none',
        builder: 'big',
        failOn: 'never',
        noCache: true,
      },
      'services/api',
    );
    expect({ builder, failOn }).toEqual({ builder: 'big', failOn: 'never' });
    expect(images[0]).toMatchObject({
      name: 'api',
      context: join(cwd, 'services/api'),
      dockerfile: join(cwd, 'docker/prod.Dockerfile'),
      target: 'runtime',
      testTarget: 'test',
      platform: 'linux/arm64',
      buildArgs: { VERSION: '1=2', TOKEN: undefined, EMPTY: '' },
      buildContexts: { shared: join(cwd, 'libs/shared'), base: 'docker-image://alpine:3.20' },
      secrets: ['id=npm'],
      network: 'none',
      noCache: true,
    });
    expect(Object.keys(images[0].buildArgs)).toContain('TOKEN');
  });

  it('falls back to dockerfile in lower case', async () => {
    const cwd = await project({ dockerfile: 'FROM scratch\n' });
    expect((await settingsOf(cwd)).images[0].dockerfileAsWritten).toBe('dockerfile');
  });

  it('trusts what the user typed, outside the repository too', async () => {
    const cwd = await repository();
    const elsewhere = await project({ 'app/Dockerfile': '', 'other.Dockerfile': '' });
    const { images } = await settingsOf(cwd, { file: join(elsewhere, 'other.Dockerfile') }, join(elsewhere, 'app'));
    expect(images[0]).toMatchObject({
      context: join(elsewhere, 'app'),
      dockerfileAsWritten: join(elsewhere, 'other.Dockerfile'),
    });
  });
});

describe('readSettings with a config file', () => {
  it('reads the whole sample of an image', async () => {
    const cwd = await repository({
      'libs/shared/x': '',
      'stagegate.yml': [
        'images:',
        '  api:',
        '    context: services/api',
        '    file: Dockerfile',
        '    test-target: test',
        '    target: runtime',
        '    platforms: [linux/amd64]',
        '    build-args: { VERSION: "1.20" }',
        '    build-contexts: { shared: libs/shared, base: "docker-image://alpine" }',
        'policy:',
        '  waivers:',
        '    - { rule: nonroot, path: /bin/ping, reason: a probe, owner: "@net", expires: 2027-01-31 }',
      ].join('\n'),
    });
    expect((await settingsOf(cwd)).images).toEqual([
      expect.objectContaining({
        name: 'api',
        context: join(cwd, 'services/api'),
        contextAsWritten: 'services/api',
        dockerfile: join(cwd, 'Dockerfile'),
        target: 'runtime',
        testTarget: 'test',
        platform: 'linux/amd64',
        buildArgs: { VERSION: '1.20' },
        buildContexts: { shared: join(cwd, 'libs/shared'), base: 'docker-image://alpine' },
        waivers: [
          {
            rule: 'nonroot',
            path: '/bin/ping',
            reason: 'a probe',
            owner: '@net',
            expires: '2027-01-31',
            writtenAt: { file: 'stagegate.yml', line: 12 },
          },
        ],
      }),
    ]);
  });

  it('lets flags win over the file, argument by argument', async () => {
    const cwd = await repository({
      'stagegate.yml': 'images: { api: { target: a, test-target: t, build-args: { A: "1", B: "2" } } }',
    });
    const { images } = await settingsOf(cwd, { target: 'b', buildArg: ['A=9'], platform: 'linux/arm64' });
    expect(images[0]).toMatchObject({
      target: 'b',
      testTarget: 't',
      platform: 'linux/arm64',
      buildArgs: { A: '9', B: '2' },
    });
  });

  it.each([
    ['all images without a choice', {}, undefined, ['api', 'web']],
    ['the image named', { image: 'web' }, undefined, ['web']],
    ['the image whose context was typed', {}, './services/../services/api/', ['api']],
    ['a context that no image has, by itself', {}, 'services', ['services']],
    ['the image named with another context', { image: 'web' }, 'services/api', ['web']],
  ])('gates %s', async (_title, flags, context, names) => {
    const cwd = await repository({ 'stagegate.yml': twoImages, 'services/Dockerfile': '' });
    expect((await settingsOf(cwd, flags, context)).images.map(({ name }) => name)).toEqual(names);
  });

  it('gives flags that suit every image to all of them', async () => {
    const cwd = await repository({ 'stagegate.yml': twoImages });
    const { images } = await settingsOf(cwd, { secret: ['id=npm'], buildArg: ['V=1'], pull: true });
    expect(images.map(({ secrets, buildArgs, pull }) => ({ secrets, buildArgs, pull }))).toEqual(
      Array(2).fill({ secrets: ['id=npm'], buildArgs: { V: '1' }, pull: true }),
    );
  });

  it.each([
    ['.github/stagegate.yml', {}],
    ['stagegate.yaml', {}],
    ['.github/stagegate.yaml', {}],
    ['ci/gate.yml', { config: 'ci/gate.yml' }],
  ])('finds it as %s', async (name, flags) => {
    const context = name.startsWith('ci/') ? '../services/api' : 'services/api';
    const cwd = await repository({ [name]: `images: { found: { context: ${context} } }` });
    expect((await settingsOf(cwd, flags)).images[0]).toMatchObject({
      name: 'found',
      context: join(cwd, 'services/api'),
    });
  });

  it('takes an empty file for no settings', async () => {
    const cwd = await repository({ 'stagegate.yml': '# nothing yet\n' });
    expect((await settingsOf(cwd)).images).toHaveLength(1);
  });

  it('follows symlinks that stay in the repository', async () => {
    const cwd = await repository({ 'stagegate.yml': 'images: { api: { context: link, file: link/Dockerfile } }' });
    await symlink('services/api', join(cwd, 'link'));
    expect((await settingsOf(cwd)).images[0].contextAsWritten).toBe('link');
  });
});

describe('a pull request that writes the config file', () => {
  const outside = async () => project({ 'secret/Dockerfile': 'TOP SECRET\n', 'stagegate.yml': 'TOP SECRET: [' });

  it.each([
    ['a context that is a symlink out', 'images: { api: { context: link } }', 'secret'],
    ['a context through a symlink out', 'images: { api: { context: link/secret } }', '.'],
    ['a Dockerfile that is a symlink out', 'images: { api: { file: link } }', 'secret/Dockerfile'],
    ['a build context that is a symlink out', 'images: { api: { build-contexts: { x: link } } }', 'secret'],
  ])('cannot reach %s', async (_title, file, target) => {
    const cwd = await repository({ 'stagegate.yml': file });
    await symlink(join(await outside(), target), join(cwd, 'link'));
    const message = await complaint(cwd);
    expect(message).toMatch(/^stagegate\.yml:1:\d+: `link(\/secret)?` leads out of the repository\./);
    expect(message).not.toContain('SECRET');
  });

  it('cannot replace the Dockerfile of a context by a symlink out', async () => {
    const cwd = await repository({ 'stagegate.yml': 'images: { api: { context: app } }', 'app/x': '' });
    await symlink(join(await outside(), 'secret/Dockerfile'), join(cwd, 'app/Dockerfile'));
    expect(await complaint(cwd)).toBe(
      '`app/Dockerfile` is a symbolic link that leads out of the repository.\nIf that is meant, name the Dockerfile with --file.',
    );
  });

  it('cannot replace the config file by a symlink out, whose text an error would quote', async () => {
    const cwd = await repository();
    await symlink(join(await outside(), 'stagegate.yml'), join(cwd, 'stagegate.yml'));
    expect(await complaint(cwd)).toBe(
      'The config file `stagegate.yml` is a symbolic link that leads out of the repository.\nPut the file itself into the repository.',
    );
  });

  it('learns nothing about files outside: one that exists and one that does not get the same answer', async () => {
    const [there, missing] = await Promise.all(
      ['/etc/passwd', '/etc/no-such-file'].map(async (file) =>
        complaint(await repository({ 'stagegate.yml': `images: { api: { file: ${file} } }` })),
      ),
    );
    expect(there?.replace('/etc/passwd', 'X')).toBe(missing?.replace('/etc/no-such-file', 'X'));
  });
});
