import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Report, reportSchema, type WeighedPlatform } from '../../src/report/report.ts';
import { type EngineKind, runIn, stagegate } from '../support/engine.ts';
import { withProject } from '../support/project.ts';
import { weighed } from '../support/reports.ts';

/** Waste of every kind, links, and a folder that a later layer replaces. */
const dockerfile = `FROM busybox:1.37
COPY payload /data/
RUN cd /data && cp kept second && ln second third && ln -s kept link && mkdir dir && cp kept dir/inner
RUN rm /data/deleted && echo other > /data/overwritten && chmod 600 /data/moved
RUN rm -rf /data/dir && mkdir /data/dir
USER 1000
`;
const payload = Object.fromEntries(
  ['kept', 'deleted', 'overwritten', 'moved'].map((name, at) => [`payload/${name}`, name.repeat(1000 + at)]),
);
const name = 'stagegate-test/inspect:1';
let folder: string;
const place = (file: string) => join(folder, file);

async function succeed(kind: EngineKind, args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runIn(kind, 'docker', args, { cwd });
  if (exitCode !== 0) throw new Error(`docker ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-inspect-'));
  await withProject({ Dockerfile: dockerfile, ...payload }, async (cwd) => {
    const build = (...args: string[]) =>
      succeed('containerd', ['buildx', 'build', '-q', '--provenance=false', ...args, '.'], cwd);
    await build('--load', '-t', name);
    await build(`--output=type=oci,tar=false,dest=${place('layout')}`);
    await build(`--output=type=oci,dest=${place('layout.tar')}`);
    await succeed('containerd', ['save', '-o', place('containerd.tar'), name], cwd);
    await succeed('classic', ['load', '-i', place('containerd.tar')], cwd);
    await succeed('classic', ['save', '-o', place('classic.tar'), name], cwd);
  });
}, 300_000);
afterAll(async () => {
  for (const kind of ['containerd', 'classic'] as const) await runIn(kind, 'docker', ['image', 'rm', '-f', name]);
  await rm(folder, { recursive: true, force: true });
});

async function inspect(
  kind: EngineKind,
  args: readonly string[],
): Promise<{ report: Report; platform: WeighedPlatform }> {
  const { exitCode, stdout, stderr } = await stagegate(kind, ['inspect', ...args, '--format', 'json']);
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
  const report = reportSchema.parse(JSON.parse(stdout));
  const [image] = report.images;
  if (image === undefined) throw new Error('no image');
  return { report, platform: weighed(image) };
}

/** What must be the same wherever the image lies; blobs and their sizes are the store's own. */
function essence({ size, layers, files, waste, config, user, configDigest }: WeighedPlatform) {
  const { unpackedBytes, visibleBytes, wastedBytes } = size;
  const ofLayers = layers.map(({ digest: _digest, mediaType: _type, downloadBytes: _bytes, ...layer }) => layer);
  return { sizes: { unpackedBytes, visibleBytes, wastedBytes }, ofLayers, files, waste, config, user, configDigest };
}

describe('one image', () => {
  it.each<[EngineKind, string]>([
    ['containerd', `docker-daemon:${name}`],
    ['classic', `docker-daemon:${name}`],
    ['containerd', 'docker-archive:containerd.tar'],
    ['classic', 'docker-archive:classic.tar'],
    ['containerd', 'oci-archive:layout.tar'],
  ])('is the same from %s through %s as from a layout', async (kind, source) => {
    const where = source.replace(/-archive:/, `-archive:${folder}/`);
    const [here, layout] = await Promise.all([
      inspect(kind, [where, '--path', '**']),
      inspect(kind, [`oci:${place('layout')}`, '--path', '**']),
    ]);
    expect(essence(here.platform)).toEqual(essence(layout.platform));
  });

  it('has a download size wherever the store keeps blobs', async () => {
    const bytesOf = async (kind: EngineKind) => (await inspect(kind, [`docker-daemon:${name}`])).platform.size;
    const layout = (await inspect('containerd', [`oci:${place('layout')}`])).platform.size.downloadBytes;
    expect((await bytesOf('containerd')).downloadBytes).toBe(layout);
    expect(await bytesOf('classic')).toMatchObject({
      downloadBytes: null,
      notes: [expect.stringMatching(/no download size/)],
    });
  });

  it('names for each wasted path the reason and both layers, and hides nothing else', async () => {
    const { platform } = await inspect('containerd', [
      `oci:${place('layout')}`,
      '--base',
      'docker-daemon:busybox:1.37',
    ]);
    const maker = (at: number) => platform.layers[at]?.instruction.split(' ')[0];
    expect(
      platform.waste.map(({ path, bytes, reason, layer, hiddenBy }) => [
        path,
        bytes,
        reason,
        maker(layer),
        hiddenBy - layer,
      ]),
    ).toEqual([
      ['/data/overwritten', 11_022, 'overwritten', 'COPY', 2],
      ['/data/deleted', 7007, 'deleted', 'COPY', 2],
      ['/data/moved', 5015, 'mode-or-owner', 'COPY', 2],
      ['/data/dir/inner', 4000, 'deleted', 'RUN', 2],
    ]);
    expect(platform.layers.map(({ origin }) => origin)).toEqual(['base', 'own', 'own', 'own', 'own']);
    expect(platform.base).toMatchObject({ reference: 'busybox:1.37', family: 'busybox' });
  });

  it('lists what docker export gives, with type, mode, owner, size and target', async () => {
    const { platform } = await inspect('containerd', [`docker-daemon:${name}`, '--path', '/data/**']);
    const list = platform.files.list?.map(({ path, type, mode, uid, gid, bytes }) =>
      [path, type === 'hardlink' ? 'file' : type, mode, uid, gid, bytes].join(' '),
    );
    const script = `id=$(docker create ${name}); docker export "$id" | tar --list --verbose --numeric-owner; docker rm "$id" >/dev/null`;
    const { stdout } = await runIn('containerd', 'sh', ['-c', script]);
    const links = /^h.* data\/.*$/m.exec(stdout)?.[0] ?? '';
    expect(links).toMatch(/data\/\w+ link to data\/\w+/);
    const exported = stdout.split('\n').flatMap((line) => {
      const [mode = '', owner = '', size = '', , , path = ''] = line.split(/\s+/);
      if (!/^data\/.+/.test(path)) return [];
      const type = { '-': 'file', h: 'file', l: 'symlink', d: 'directory' }[mode[0] ?? ''] ?? '';
      const bytes = mode.startsWith('h') ? 4000 : Number(size);
      return [[`/${path.replace(/\/$/, '')}`, type, bitsOf(mode), ...owner.split('/'), bytes].join(' ')];
    });
    expect(list?.filter((line) => !line.startsWith('/data directory'))).toEqual(exported.sort());
  });

  it.each<[EngineKind, readonly string[], number, RegExp]>([
    ['containerd', ['docker-daemon:nobody/nothing:1'], 2, /Docker has no image nobody\/nothing:1/],
    ['classic', ['docker-daemon:nobody/nothing:1'], 2, /Docker has no image nobody\/nothing:1/],
    [
      'containerd',
      [`docker-daemon:${name}`, '--platform', 'linux/s390x'],
      2,
      /no image for linux\/s390x\n.*It has: .*linux\//,
    ],
  ])('that is not there is answered in one sentence by %s: %j', async (kind, args, code, sentence) => {
    const { exitCode, stdout, stderr } = await stagegate(kind, ['inspect', ...args]);
    expect(stderr).toMatch(sentence);
    expect([exitCode, stdout]).toEqual([code, '']);
  });

  it('cannot be opened where no daemon answers: exit code 3', async () => {
    const env = { DOCKER_HOST: 'unix:///nowhere.sock' };
    const { exitCode, stderr } = await stagegate('containerd', ['inspect', name], { env });
    expect(stderr).toMatch(/daemon/i);
    expect(exitCode).toBe(3);
  });
});

/** `drwxr-xr-x` as a number; the sample has no setuid. */
function bitsOf(mode: string): number {
  return [...mode.slice(1)].reduce((bits, letter) => bits * 2 + (letter === '-' ? 0 : 1), 0);
}
