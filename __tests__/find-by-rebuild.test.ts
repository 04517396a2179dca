import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { BuildRecord } from '../src/build/build-record.ts';
import { findByRebuild, readingCacheOnly } from '../src/find-by-rebuild.ts';
import type { BuildOrder, MeasureEffects } from '../src/measure.ts';
import type { Profile } from '../src/profile/profile.ts';
import type { ImageEntry } from '../src/settings/settings.ts';
import { UserError } from '../src/user-error.ts';
import { builder, imageEntry } from './build/image-entry.ts';
import { createRecord } from './support/build-record.ts';
import { file, imageWith, layer } from './support/image-builder.ts';
import { createProfile } from './support/profile.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'stagegate-rebuild-')));
  folders.push(folder);
  return folder;
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

const now = { 'api/Dockerfile': 'FROM scratch\nCOPY now /now\n', 'libs/x': '' };
const then = { 'api/Dockerfile': 'FROM scratch\nCOPY then /then\n', 'libs/x': '' };

/** A repository whose first commit has these files, and whose present ones are `now`. */
async function repository(files: Readonly<Record<string, string>> = then, prepare = async (_: string) => {}) {
  const folder = await newFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  await write(folder, files);
  await prepare(folder);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'base');
  const commit = git(folder, 'rev-parse', 'HEAD');
  await rm(join(folder, 'api'), { recursive: true, force: true });
  await write(folder, now);
  return { folder, commit };
}

function entryIn(folder: string, changes: Partial<ImageEntry> = {}): ImageEntry {
  const context = join(folder, 'api');
  return imageEntry({
    context,
    contextAsWritten: 'api',
    dockerfile: join(context, 'Dockerfile'),
    dockerfileAsWritten: 'api/Dockerfile',
    testTarget: 'test',
    cacheTo: ['type=registry,ref=x'],
    tags: ['api:new'],
    load: true,
    buildArgs: { VERSION: '1' },
    ...changes,
  });
}

type Given = {
  readonly entry: ImageEntry;
  readonly revision: string;
  readonly record?: BuildRecord;
  readonly effects?: Partial<MeasureEffects>;
  readonly head?: Profile | undefined;
};

/** What was looked up, what was ordered to be built, and the Dockerfile that lay there then. */
async function lookUp({ entry, revision, record, effects, ...given }: Given) {
  const orders: BuildOrder[] = [];
  const texts: string[] = [];
  const built = record ?? createRecord({ image: { kind: 'oci-layout', directory: '/nowhere' } });
  const find = findByRebuild({
    revision,
    branch: 'main',
    folder: await newFolder(),
    env: process.env,
    effects: {
      env: {},
      hostPlatform: 'linux/amd64',
      builder: async () => builder(),
      readDockerfileText: async ({ dockerfile }) => {
        texts.push(execFileSync('cat', [dockerfile], { encoding: 'utf8' }));
        return texts.at(-1) ?? '';
      },
      lookInContext: async () => () => undefined,
      buildTargets: async (order, onFinal) => {
        orders.push(order);
        await onFinal(built);
        return { final: built };
      },
      openImage: async () => imageWith({}, layer(file('/then', 700))),
      ...effects,
    },
  });
  const head = 'head' in given ? given.head : createProfile();
  const lookup = await find({ entry, platform: 'linux/amd64', head: Promise.resolve(head) });
  return { ...lookup, order: orders[0], texts, reason: lookup.tried[0]?.reason };
}

describe('findByRebuild', () => {
  it('measures the commit with its own Dockerfile and files, for the branch that it is of', async () => {
    const { folder, commit } = await repository();
    const { baseline, texts, wantedCommit } = await lookUp({ entry: entryIn(folder), revision: commit });
    expect(texts).toEqual([then['api/Dockerfile']]);
    expect(baseline?.profile.size.unpackedBytes).toBe(700);
    expect(baseline?.fileIndex?.table.length).toBe(1);
    expect(baseline?.origin).toEqual({
      source: 'rebuild',
      commit,
      ref: 'refs/heads/main',
      wantedCommit: commit,
    });
    expect(wantedCommit).toBe(commit);
  });

  it('builds as the head is built, but tests, exports, tags and loads nothing', async () => {
    const { folder, commit } = await repository();
    const contexts = { libs: join(folder, 'libs'), other: '/usr/share', image: 'docker-image://alpine' };
    const { order } = await lookUp({ entry: entryIn(folder, { buildContexts: contexts }), revision: commit });
    expect(order?.entry).toMatchObject({
      name: 'api',
      buildArgs: { VERSION: '1' },
      cacheTo: [],
      tags: [],
      load: false,
    });
    expect(order?.entry.testTarget).toBeUndefined();
    expect(order?.entry.context).toMatch(/stagegate-base-\w+\/api$/);
    expect(order?.entry.buildContexts).toEqual({
      ...contexts,
      libs: expect.stringMatching(/stagegate-base-\w+\/libs$/),
    });
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['has no such folder', { readme: '' }, /^commit \w{7} has no build context api: it does not exist there$/],
    ['has no Dockerfile', { 'api/app': '' }, /^commit \w{7} has no api\/Dockerfile: it does not exist there$/],
    [
      'has a Dockerfile that is refused',
      { 'api/Dockerfile': 'FROM scratch\nCOPPY a b\n' },
      /^commit \w{7} does not build: /,
    ],
  ])('says so where the commit %s', async (_, files, reason) => {
    const { folder, commit } = await repository(files);
    const found = await lookUp({ entry: entryIn(folder), revision: commit });
    expect([found.baseline, found.order]).toEqual([undefined, undefined]);
    expect(found.reason).toMatch(reason);
  });

  it.each<[string, string]>([
    ['/etc', 'has no build context api: a symbolic link there leads out of it'],
    ['libs', 'has no api/Dockerfile: it does not exist there'],
  ])('follows a symbolic link of the commit to %s no further than its own files', async (target, reason) => {
    const { folder, commit } = await repository({ 'libs/x': '' }, (place) => symlink(target, join(place, 'api')));
    const found = await lookUp({ entry: entryIn(folder), revision: commit });
    expect(found.reason).toContain(reason);
  });

  it('builds nothing that lies outside of the repository', async () => {
    const { folder, commit } = await repository();
    const elsewhere = await newFolder();
    await write(elsewhere, { Dockerfile: 'FROM scratch\n' });
    const dockerfile = join(elsewhere, 'Dockerfile');
    const found = await lookUp({ entry: entryIn(folder, { dockerfile }), revision: commit });
    expect(found.reason).toContain('has no api/Dockerfile: it lies outside of the repository');
  });

  it('says what the build of the commit failed by', async () => {
    const { folder, commit } = await repository();
    const failure = { fault: 'dockerfile' as const, message: 'RUN make did not complete', log: [] };
    const record = createRecord({ failure });
    const found = await lookUp({ entry: entryIn(folder), revision: commit, record });
    expect(found.reason).toMatch(/^commit \w{7} does not build: RUN make did not complete$/);
  });

  it('says what the engine says', async () => {
    const { folder, commit } = await repository();
    const gone = () => Promise.reject(new UserError('Docker does not answer', { exitCode: 3 }));
    const found = await lookUp({ entry: entryIn(folder), revision: commit, effects: { buildTargets: gone } });
    expect(found.reason).toMatch(/^commit \w{7} cannot be built: Docker does not answer$/);
  });

  it.each<[string, Profile | undefined, string]>([
    ['there is no head', undefined, 'there is no image to compare it with'],
    [
      'the head is of another platform',
      createProfile({ platform: 'linux/arm64' }),
      'it would be of platform linux/amd64',
    ],
  ])('builds nothing where %s', async (_, head, reason) => {
    const { folder, commit } = await repository();
    const found = await lookUp({ entry: entryIn(folder), revision: commit, head });
    expect([found.order, found.reason]).toEqual([undefined, reason]);
  });
});

describe('readingCacheOnly', () => {
  it.each([
    [undefined, 'read'],
    ['write', 'read'],
    ['read', 'read'],
    ['write-only', 'none'],
    ['none', 'none'],
  ])('makes of the cache mode %j the mode %j', (ACTIONS_CACHE_MODE, mode) => {
    expect(readingCacheOnly({ ACTIONS_CACHE_MODE })).toEqual({ ACTIONS_CACHE_MODE: mode });
  });
});
