import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { reportSchema } from '../../src/report/report.ts';
import { file, layer } from '../support/image-builder.ts';
import { dockerSave, layoutOf, ociArchive, ociLayout, writeLayout } from '../support/image-files.ts';
import { weighed } from '../support/reports.ts';

const system = layer(file('/lib/libc.so', 40_000));
const before = [system, layer(file('/app/main', 20_000))];
const after = [system, layer(file('/app/main', 50_000)), layer(file('/app/data', 1000))];

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
  program = join(folder, 'cli.mjs');
  await build({
    entryPoints: [new URL('../../src/cli.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  });
  await ociLayout(join(folder, 'before'), before);
  await ociLayout(join(folder, 'after'), after);
  await ociLayout(join(folder, 'base'), [system]);
  await ociLayout(join(folder, 'arm'), after, { platform: 'linux/arm64' });
  const several = ['linux/amd64', 'linux/arm64'].map((platform) => layoutOf(after, { platform }));
  await writeLayout(
    join(folder, 'several'),
    new Map(several.flatMap(({ blobs }) => [...blobs])),
    several.map(({ descriptor }) => descriptor),
  );
  writeFileSync(join(folder, 'before.tar'), ociArchive(before));
  writeFileSync(join(folder, 'after.tar'), dockerSave(after));
  writeFileSync(join(folder, 'foreign.json'), '{"name":"lodash"}');
  for (const name of ['before', 'after']) {
    const { code, stderr } = await run(['inspect', `oci:${name}`, '--record', `${name}.json`]);
    if (code !== 0) throw new Error(stderr);
  }
  writeFileSync(join(folder, 'torn.json'), readFileSync(join(folder, 'before.json')).subarray(0, 700));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

function run(args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { PATH: '/nowhere', HOME: folder } });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

async function deltaOf(args: readonly string[]) {
  const { code, stdout, stderr } = await run(['compare', ...args, '--format', 'json']);
  if (code !== 0) throw new Error(stderr);
  const [image] = reportSchema.parse(JSON.parse(stdout)).images;
  if (image === undefined) throw new Error('no image');
  return { stderr, delta: weighed(image).delta };
}

describe('compare', () => {
  it.each([
    ['oci:before', 'oci:after', ''],
    ['oci-archive:before.tar', 'docker-archive:after.tar', ''],
    [
      'before.tar',
      'after',
      'stagegate: `before.tar` is a file: taken as docker-archive:before.tar\nstagegate: `after` is a folder: taken as oci:after\n',
    ],
    ['before.json', 'after.json', ''],
    ['before.json', 'oci:after', ''],
    ['oci:before', 'after.json', ''],
  ])('weighs %s against %s and says on stderr what it guessed', async (base, head, guesses) => {
    const { stderr, delta } = await deltaOf([base, head]);
    expect(delta).toMatchObject({ unpackedBytes: 31_000, visibleBytes: 31_000, wastedBytes: 0 });
    expect(delta?.layers.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['same', 0],
      ['changed', 30_000],
      ['added', 1000],
    ]);
    expect(stderr).toBe(guesses);
  });

  it('tells base from own with --base', async () => {
    const { delta } = await deltaOf(['oci:before', 'after.json', '--base', 'oci:base']);
    expect(delta).toMatchObject({ base: { unpackedBytes: 0 }, own: { unpackedBytes: 31_000 }, baseChange: 'none' });
  });

  it.each<[readonly string[], number]>([
    [['before', 'before'], 0],
    [['before', 'after'], 0],
    [['before', 'after', '--max-growth', '31000'], 0],
    [['before', 'after', '--max-growth', '30999'], 1],
    [['before', 'after', '--max-growth', '51.7%'], 0],
    [['before', 'after', '--max-growth', '51.6%'], 1],
    [['after', 'before', '--max-growth', '0'], 0],
  ])('%j exits with %d', async (args, code) => {
    const [base = '', head = '', ...flags] = args;
    expect(await run(['compare', `oci:${base}`, `oci:${head}`, ...flags])).toMatchObject({ code, stderr: '' });
  });

  it.each<[readonly string[], number, RegExp]>([
    [['oci:before', 'oci:arm'], 2, /`oci:before` is not comparable with `oci:arm`: it is of platform linux\/amd64/],
    [['oci:before', 'oci:several', '--platform', 'linux/s390x'], 2, /no image for linux\/s390x\n.*linux\/amd64/],
    [
      ['before.json', 'oci:after', '--platform', 'linux/arm64'],
      2,
      /no image for linux\/arm64\.\n {2}It has: `linux\/amd64`/,
    ],
    [['before.json', 'oci:after', '--image', 'web'], 2, /no image named `web`\.\n {2}It has: `oci:before`/],
    [['oci:before', 'nowhere.json'], 2, /`nowhere.json` does not exist/],
    [['torn.json', 'oci:after'], 3, /`torn.json` is not complete JSON/],
    [['foreign.json', 'oci:after'], 3, /`foreign.json` was not recorded by this version/],
    [['docker-daemon:app:1', 'oci:after'], 3, /No `docker` program/],
    [['oci:before'], 2, /missing required argument 'head'/],
  ])('answers %j with one sentence and exit code %d', async (args, code, sentence) => {
    const ran = await run(['compare', ...args]);
    expect(ran.stderr).toMatch(sentence);
    expect(ran.stderr).not.toMatch(/^\s+at |bug of stagegate/m);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
  });

  it('takes of several images the one for the platform of the other side', async () => {
    const { delta } = await deltaOf(['oci:arm', 'oci:several']);
    expect(delta?.unpackedBytes).toBe(0);
  });

  it('writes every format', async () => {
    const files = ['text', 'json', 'markdown', 'html'].flatMap((format) => ['--output', `${format}=out.${format}`]);
    const { code, stdout } = await run(['compare', 'oci:before', 'oci:after', ...files]);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(code).toBe(0);
    expect(stdout).toBe(read('out.text'));
    expect(stdout).toMatch(/^oci:after {2}linux\/amd64 {2}91.0 kB unpacked \(\+31.0 kB\)/);
    expect(stdout).toContain('+31.0 kB unpacked, of it +30.0 kB by layer 1');
    expect(read('out.markdown')).toMatch(/^### `oci:after` · `linux\/amd64` · 91.0 kB unpacked \(\+31.0 kB\)/);
    expect(read('out.html')).toMatch(/^<!doctype html>/);
    expect(JSON.parse(read('out.json'))).toHaveProperty('images.0.platforms.0.baseline.reference', 'oci:before');
  });
});
