import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { reportSchema } from '../../src/report/report.ts';
import { fakeDocker } from '../exec/fake-docker.ts';
import { file, layer, whiteout } from '../support/image-builder.ts';
import { dockerSave, layoutOf, ociArchive, ociLayout, oldDockerSave, writeLayout } from '../support/image-files.ts';
import { weighed } from '../support/reports.ts';

const system = layer(file('/lib/libc.so', 40_000), file('/etc/passwd', 'app:x:7:7::/:\n'));
const app = layer(file('/app/main', 20_000), file('/lib/libc.so', 30_000), whiteout('/nothing'));
const layers = [system, app];

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  program = join(folder, 'cli.mjs');
  const banner = "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);";
  await build({
    entryPoints: [new URL('../../src/cli.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: banner },
  });
  await ociLayout(join(folder, 'layout'), layers, { tag: 'v1' });
  await ociLayout(join(folder, 'a:b'), layers);
  await ociLayout(join(folder, 'base'), [system]);
  const platforms = ['linux/amd64', 'linux/arm64', 'linux/s390x'].map((platform) => layoutOf(layers, { platform }));
  const blobs = new Map(platforms.flatMap((layout) => [...layout.blobs]));
  await writeLayout(
    join(folder, 'several'),
    blobs,
    platforms.map(({ descriptor }) => descriptor),
  );
  writeFileSync(join(folder, 'oci.tar'), ociArchive(layers));
  writeFileSync(join(folder, 'save.tar'), dockerSave(layers));
  writeFileSync(join(folder, 'old.tar'), oldDockerSave(layers));
  writeFileSync(join(folder, 'torn.tar'), ociArchive(layers).subarray(0, 2000));
  mkdirSync(join(folder, 'plain'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function inspect(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [program, 'inspect', ...args], {
    cwd: folder,
    env: { PATH: '/nowhere', HOME: folder, ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

async function report(args: readonly string[], env?: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await inspect([...args, '--format', 'json'], env);
  if (code !== 0) throw new Error(stderr);
  const { images } = reportSchema.parse(JSON.parse(stdout));
  const [image] = images;
  if (image === undefined) throw new Error('no image');
  return { stderr, image, platform: weighed(image) };
}

describe('inspect', () => {
  it.each([
    ['oci:layout', ''],
    ['oci:layout:v1', ''],
    ['oci:a:b', ''],
    ['oci-archive:oci.tar', ''],
    ['docker-archive:save.tar', ''],
    ['docker-archive:old.tar', ''],
    ['layout', 'stagegate: `layout` is a folder: taken as oci:layout\n'],
    ['oci.tar', 'stagegate: `oci.tar` is a file: taken as docker-archive:oci.tar\n'],
  ])('weighs %s and says on stderr what it guessed', async (image, guess) => {
    const { stderr, platform } = await report([image]);
    expect(platform.size).toMatchObject({ unpackedBytes: 90_014, visibleBytes: 50_014, wastedBytes: 40_000 });
    expect(platform.waste).toMatchObject([{ path: '/lib/libc.so', layer: 0, hiddenBy: 1, reason: 'overwritten' }]);
    expect(stderr).toBe(guess);
  });

  it('reads what docker save streams, with the tag latest unless another one is named', async () => {
    const script = `
      if (args.join(' ') !== 'image save -- app:latest') { complain('Error: No such image: ' + args.at(-1)); end(1); }
      process.stdout.write(readFileSync(process.env.ARCHIVE), () => end(0));`;
    const docker = fakeDocker(script);
    const env = { ...docker.env, ARCHIVE: join(folder, 'save.tar') };
    const { platform, stderr } = await report(['app'], env);
    expect(platform.size).toMatchObject({ visibleBytes: 50_014, downloadBytes: null });
    expect(stderr).toBe('stagegate: `app` is no path: taken as docker-daemon:app:latest\n');
    const missing = await inspect(['docker-daemon:app:2'], env);
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/Docker has no image app:2/) });
    docker.remove();
  });

  it('takes the platform of the machine where there are several, or the one that is asked for', async () => {
    const own = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
    expect((await report(['several'])).platform.platform).toBe(own);
    expect((await report(['several', '--platform', 's390x'])).platform.platform).toBe('linux/s390x');
  });

  it('opens a single image whatever it is for', async () => {
    await ociLayout(join(folder, 'foreign'), layers, { platform: 'linux/riscv64' });
    expect((await report(['oci:foreign'])).platform.platform).toBe('linux/riscv64');
  });

  it.each([
    [
      ['several', '--platform', 'linux/ppc64le'],
      2,
      /has no image for linux\/ppc64le\n.*amd64, linux\/arm64, linux\/s390x/,
    ],
    [['layout', '--platform', 'linux/arm64'], 2, /has no image for linux\/arm64\n.*linux\/amd64/],
    [['docker-archive:save.tar', '--platform', 'linux/arm64'], 2, /no image for linux\/arm64\n.*linux\/amd64/],
    [['oci:layout:v2'], 2, /no image with the tag "v2"/],
    [['oci:layout', '--layer', '2'], 2, /has no layer 2\n {2}Its layers are 0 to 1/],
    [['oci:nowhere'], 2, /`nowhere` does not exist/],
    [['plain'], 2, /no OCI layout/],
    [['oci:layout', '--base', 'nowhere:1'], 3, /No `docker` program/],
    [['docker://localhost:1/app'], undefined, /^stagegate: /m],
    [['app'], 3, /No `docker` program/],
    [['torn.tar'], 3, /^stagegate: /m],
    [[], 2, /missing required argument 'image'/],
  ])('answers %j with one sentence', async (args, code, sentence) => {
    const ran = await inspect(args);
    expect(ran.stderr).toMatch(sentence);
    expect(ran.stderr).not.toMatch(/^\s+at |bug of stagegate/m);
    expect(ran.stdout).toBe('');
    if (code === undefined) expect(ran.code).not.toBe(0);
    else expect(ran.code).toBe(code);
  });

  it('tells base from own by the layers of a base', async () => {
    const { platform } = await report(['oci:layout', '--base', 'oci:base']);
    expect(platform.layers.map(({ origin, originFrom }) => [origin, originFrom])).toEqual([
      ['base', 'diff-id'],
      ['own', 'diff-id'],
    ]);
  });

  it('narrows its lists to a layer, a glob and a length', async () => {
    const { platform } = await report([
      'oci:layout',
      '--layer',
      '1',
      '--path',
      '/lib/**',
      '--path',
      '/app/*',
      '--top',
      '1',
    ]);
    expect(platform.files.list?.map(({ path }) => path)).toEqual(['/app/main', '/lib/libc.so']);
    expect(platform.files.largest).toEqual([{ path: '/lib/libc.so', bytes: 30_000, layer: 1 }]);
    expect(platform.focus).toEqual({ layer: 1, paths: ['/lib/**', '/app/*'] });
  });

  it('writes every format, and a record that is whole', async () => {
    const files = ['text', 'json', 'markdown', 'html'].flatMap((format) => ['--output', `${format}=out.${format}`]);
    const { code, stdout } = await inspect(['oci:layout', '--layer', '1', '--record', 'record.json', ...files]);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(code).toBe(0);
    expect(stdout).toBe(read('out.text'));
    expect(read('out.markdown')).toMatch(/^### `oci:layout` · `linux\/amd64`/);
    expect(read('out.html')).toMatch(/^<!doctype html>/);
    expect(JSON.parse(read('out.json'))).toHaveProperty('images.0.platforms.0.focus');
    const record = reportSchema.parse(JSON.parse(read('record.json')));
    expect(record).not.toHaveProperty('images.0.platforms.0.focus');
  });

  it('colours nothing that goes into a file or a pipe, nor with NO_COLOR', async () => {
    const plain = await inspect(['oci:layout']);
    const forced = await inspect(['oci:layout'], { FORCE_COLOR: '1' });
    const both = await inspect(['oci:layout'], { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(plain.stdout).not.toContain('\u001b');
    expect(forced.stdout).toContain('\u001b[1m');
    expect(both.stdout).toBe(plain.stdout);
  });

  it('gives the same bytes for the same image', async () => {
    const [one, other] = await Promise.all([report(['oci:layout']), report(['oci:layout', '--no-index'])]);
    expect(JSON.stringify(one.platform)).toBe(JSON.stringify(other.platform));
  });
});
