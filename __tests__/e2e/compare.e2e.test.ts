import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delta } from '../../src/compare/delta.ts';
import { reportSchema } from '../../src/report/report.ts';
import { type Ran, repository, runIn, stagegate } from '../support/engine.ts';
import * as oracle from '../support/engine-oracle.ts';
import { weighed } from '../support/reports.ts';

/** The example as it is, with a file more and a line longer, and on a base image that holds a file more. */
const names = {
  old: 'stagegate-compare/old:1',
  grown: 'stagegate-compare/grown:1',
  moved: 'stagegate-compare/moved:1',
};
const base = 'busybox:1.37';
/** On a small base: what is compared is saved and listed many times. */
const dockerfile = `FROM ${base} AS final
WORKDIR /app
COPY package.json ./
COPY src ./src
USER 1000
`;
const newBase = 'stagegate-compare/base:2';
const added = 2_000_000;
const appended = '\n// longer\n';
const ofBase = 500_000;
const kind = 'containerd';
/** Of the one instruction that both changes go through. */
const line = 1 + dockerfile.split('\n').indexOf('COPY src ./src');
/** Saving an image takes an engine that is busy otherwise many seconds. */
const long = 120_000;

let folder: string;
const place = (name: string) => join(folder, name);

async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runIn(kind, program, args, { cwd });
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

async function build(context: string, args: readonly string[]): Promise<void> {
  await succeed('docker', ['buildx', 'build', '-q', '--provenance=false', ...args, '.'], place(context));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stagegate-compare-'));
  for (const name of ['old', 'grown']) {
    await cp(join(repository, 'examples/node-slim'), place(name), { recursive: true });
    await writeFile(join(place(name), 'Dockerfile'), dockerfile);
  }
  await writeFile(place('grown/src/data.bin'), Buffer.alloc(added, 'data'));
  await appendFile(place('grown/src/handle.js'), appended);
  await mkdir(place('base'));
  await writeFile(place('base/more'), Buffer.alloc(ofBase));
  await writeFile(place('base/Dockerfile'), `FROM ${base}\nCOPY more /more\n`);
  await build('base', ['--load', '-t', newBase]);
  await build('old', ['--load', '-t', names.old]);
  await build('grown', ['--load', '-t', names.grown]);
  await build('old', ['--load', '-t', names.moved, '--build-context', `${base}=docker-image://${newBase}`]);
  await build('old', [`--output=type=oci,tar=false,dest=${place('old.layout')}`]);
  await build('grown', [`--output=type=oci,dest=${place('grown.oci.tar')}`]);
  await succeed('docker', ['save', '-o', place('grown.tar'), names.grown], folder);
  const check = (context: string) =>
    stagegate(kind, ['check', '.', '--target', 'final', '--record', place(`${context}.json`)], { cwd: place(context) });
  for (const context of ['old', 'grown']) expect((await check(context)).exitCode).toBe(0);
  const recorded = await stagegate(kind, ['inspect', `docker-daemon:${names.old}`, '--record', place('opened.json')]);
  expect(recorded.exitCode).toBe(0);
}, 600_000);
afterAll(async () => {
  await runIn(kind, 'docker', ['image', 'rm', '-f', newBase, ...Object.values(names)]);
  await rm(folder, { recursive: true, force: true });
});

async function compare(args: readonly string[]): Promise<Ran> {
  return stagegate(kind, ['compare', ...args], { cwd: folder });
}

async function deltaOf(args: readonly string[]): Promise<Delta> {
  const { exitCode, stdout, stderr } = await compare([...args, '--format', 'json']);
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
  const [image] = reportSchema.parse(JSON.parse(stdout)).images;
  const delta = image && weighed(image).delta;
  if (delta === undefined) throw new Error('no delta');
  return delta;
}

type Weighed = { readonly unpacked: number; readonly visible: number };
const weighings = new Map<string, Promise<Weighed>>();

/** What Docker and GNU tar say: all layers together, and what a container sees. */
function weighByTar(name: string): Promise<Weighed> {
  const known = weighings.get(name) ?? weigh(name);
  weighings.set(name, known);
  return known;
}

async function weigh(name: string): Promise<Weighed> {
  const saved = await mkdtemp(join(tmpdir(), 'stagegate-compare-saved-'));
  try {
    await oracle.saveImage(kind, name, saved);
    const { unpackedBytes } = await oracle.weighSaved(kind, saved);
    const script = `id=$(docker create "$0" /none); docker export "$id" | tar --list --verbose --numeric-owner | awk '/^-/ { sum += $3 } END { printf "%d", sum }'; docker rm "$id" >/dev/null`;
    const { stdout } = await runIn(kind, 'sh', ['-c', script, name]);
    return { unpacked: unpackedBytes.reduce((sum, bytes) => sum + bytes, 0), visible: Number(stdout) };
  } finally {
    await rm(saved, { recursive: true, force: true });
  }
}

describe('two builds of one example', () => {
  it.each([
    [`docker-daemon:${names.old}`, `docker-daemon:${names.grown}`],
    ['oci:old.layout', 'oci-archive:grown.oci.tar'],
    [`docker-daemon:${names.old}`, 'docker-archive:grown.tar'],
    ['old.json', 'grown.json'],
    ['old.json', 'oci-archive:grown.oci.tar'],
    ['opened.json', 'grown.json'],
    ['opened.json', `docker-daemon:${names.grown}`],
  ])(
    '%s and %s differ by what Docker and tar say',
    async (one, other) => {
      const [before, after] = await Promise.all([weighByTar(names.old), weighByTar(names.grown)]);
      const delta = await deltaOf([one, other]);
      expect(delta.unpackedBytes).toBe(after.unpacked - before.unpacked);
      expect(delta.visibleBytes).toBe(after.visible - before.visible);
      expect(delta.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(after.visible - before.visible);
      expect(delta.files.map(({ path, kind: what, bytes }) => [path, what, bytes])).toEqual([
        ['/app/src/data.bin', 'added', added],
        ['/app/src/handle.js', 'changed', appended.length],
      ]);
    },
    long,
  );

  it('tell the line of the Dockerfile that did it where they were built here', async () => {
    const { stdout, exitCode } = await compare(['old.json', 'grown.json']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`  +2.0 MB unpacked, all of it by \`Dockerfile:${line}\` \`COPY src ./src\`.\n`);
    expect(stdout).toMatch(/: base image unchanged, own layers \+2\.0 MB/);
    expect(stdout).toMatch(new RegExp(`\\+2\\.0 MB {2}added +${line} {2}/app/src/data\\.bin`));
  });

  it(
    'tell the layer where nobody built them here, and whose it is with --base',
    async () => {
      const images = [`docker-daemon:${names.old}`, `docker-daemon:${names.grown}`];
      const { stdout } = await compare([...images, '--base', `docker-daemon:${base}`]);
      expect(stdout).toMatch(/ {2}\+2\.0 MB unpacked, all of it by layer \d+ `COPY src \.\/src/);
      const delta = await deltaOf([...images, '--base', `docker-daemon:${base}`]);
      expect(delta).toMatchObject({
        base: { unpackedBytes: 0 },
        own: { unpackedBytes: added + appended.length },
        baseChange: 'none',
      });
    },
    long,
  );

  it('are within a budget, or beyond it by one byte', async () => {
    const growth = (bytes: number) => compare(['old.json', 'grown.json', '--max-growth', String(bytes)]);
    expect((await growth(added + appended.length)).exitCode).toBe(0);
    const beyond = await growth(added + appended.length - 1);
    expect(beyond.exitCode).toBe(1);
    expect(beyond.stdout).toMatch(new RegExp(`max-growth: the image grew too much[^]*Dockerfile:${line}`));
  });

  it(
    'are one and the same to nobody but themselves',
    async () => {
      const { stdout } = await compare(['oci:old.layout', `docker-daemon:${names.old}`]);
      expect(stdout).toMatch(/Nothing changed against `oci:old\.layout`|no file of the image changed/);
      expect((await deltaOf(['oci:old.layout', `docker-daemon:${names.old}`])).files).toEqual([]);
    },
    long,
  );
});

it(
  'a base image that moved is told as that',
  async () => {
    const args = [`docker-daemon:${names.old}`, `docker-daemon:${names.moved}`, '--base', `docker-daemon:${newBase}`];
    const delta = await deltaOf(args);
    const [before, after] = await Promise.all([weighByTar(names.old), weighByTar(names.moved)]);
    expect(delta.unpackedBytes).toBe(after.unpacked - before.unpacked);
    expect(delta).toMatchObject({ base: { unpackedBytes: ofBase }, own: { unpackedBytes: 0 }, baseChange: 'moved' });
    expect(delta.files).toMatchObject([{ path: '/more', kind: 'added', bytes: ofBase }]);
    expect((await compare(args)).stdout).toContain('  +500.0 kB unpacked, all of it by the base image (moved).\n');
  },
  long,
);

it('what cannot be compared is refused with its reason', async () => {
  await writeFile(place('foreign.json'), '{"schemaVersion":7}');
  for (const [args, code, reason] of [
    [['foreign.json', 'grown.json'], 3, /was not recorded by this version: its schemaVersion is 7/],
    [
      ['old.json', `docker-daemon:${names.grown}`, '--platform', 'linux/s390x'],
      2,
      /no image for linux\/s390x\.\n.*linux\//,
    ],
    [['docker-daemon:nobody/nothing:1', 'grown.json'], 2, /Docker has no image nobody\/nothing:1/],
  ] as const) {
    const { exitCode, stdout, stderr } = await compare(args);
    expect(stderr).toMatch(reason);
    expect([exitCode, stdout]).toEqual([code, '']);
  }
}, 60_000);
