import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Profile } from '../../src/profile/profile.ts';
import { type EngineKind, repository, runIn } from '../support/engine.ts';
import { factsOf } from '../support/facts-of.ts';

/** Packages and contents are held against the programs that wrote the databases, run inside the image. */
const timeout = 240_000;
const folder = mkdtempSync(join(tmpdir(), 'stagegate-contents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Inspected = Profile & Required<Pick<Profile, 'packages' | 'contents'>>;

async function inspect(kind: EngineKind, image: string, node = process.execPath): Promise<Inspected> {
  const args = [join(repository, 'dist/cli.js'), 'inspect', `docker-daemon:${image}`, '--format=json', '--no-index'];
  const { exitCode, stdout, stderr } = await runIn(kind, node, args);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout).images[0].platforms[0];
}

/** What a program prints inside a container of the image, line by line, sorted. */
async function inside(kind: EngineKind, image: string, [program = '', ...args]: readonly string[]): Promise<string[]> {
  const run = ['run', '--rm', '--network=none', '--user=0', `--entrypoint=${program}`, image, ...args];
  const { exitCode, stdout, stderr } = await runIn(kind, 'docker', run);
  if (exitCode !== 0) throw new Error(`${program}: ${stderr}`);
  return sorted(stdout.split('\n').filter((line) => line !== ''));
}

async function build(kind: EngineKind, tag: string, context: string, args: readonly string[] = []): Promise<string> {
  const name = `stagegate-contents/${tag}`;
  const { exitCode, stderr } = await runIn(kind, 'docker', [
    'buildx',
    'build',
    '--load',
    '--tag',
    name,
    ...args,
    context,
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return name;
}

function ours({ packages }: Inspected, type: string): string[] {
  return sorted(packages.filter((each) => each.type === type).map(({ name, version }) => `${name} ${version}`));
}

function sorted(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort();
}

const dpkgQuery = ['dpkg-query', '-W', '-f', '${db:Status-Status} ${Package} ${Version}\\n'];
const installedOnly = (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith('installed ')).map((line) => line.slice('installed '.length));

describe('packages of Debian', () => {
  it.each<[EngineKind, string]>([
    ['containerd', 'debian:bookworm-slim'],
    ['classic', 'node:22-bookworm-slim'],
    ['containerd', 'python:3.11-bookworm'],
  ])(
    '%s: those of %s are what dpkg-query says',
    async (kind, image) => {
      const said = installedOnly(await inside(kind, image, dpkgQuery));
      expect(said.length).toBeGreaterThan(50);
      expect(ours(await inspect(kind, image), 'deb')).toEqual(sorted(said));
    },
    timeout,
  );

  it(
    'that were removed but are still configured are none',
    async () => {
      writeFileSync(
        join(folder, 'Dockerfile'),
        'FROM debian:bookworm-slim\nRUN dpkg --force-all --remove logsave login >/dev/null 2>&1; dpkg-query -W login\n',
      );
      const image = await build('containerd', 'removed', folder);
      const said = await inside('containerd', image, dpkgQuery);
      expect(said.filter((line) => line.startsWith('config-files login '))).toHaveLength(1);
      expect(ours(await inspect('containerd', image), 'deb')).toEqual(sorted(installedOnly(said)));
    },
    timeout,
  );

  it(
    'of distroless are those that its status.d names',
    async () => {
      const image = 'gcr.io/distroless/cc-debian12:nonroot';
      const script = `id=$(docker create ${image} /none) && docker export "$id" |
        tar -xO --wildcards --exclude='*.md5sums' 'var/lib/dpkg/status.d/*' | grep -E '^(Package|Version):'; docker rm "$id" >/dev/null`;
      const { stdout } = await runIn('containerd', 'bash', ['-c', script]);
      const said = stdout
        .replace(/^Package: (.*)\nVersion: (.*)$/gm, '$1 $2')
        .trim()
        .split('\n');
      expect(said).toContainEqual(expect.stringMatching(/^libc6 2\./));
      expect(ours(await inspect('containerd', image), 'deb')).toEqual(sorted(said));
    },
    timeout,
  );
});

describe('packages of languages', () => {
  it(
    'of npm are those of npm ls, in a base image and beside an application',
    async () => {
      const image = await build('containerd', 'node-slim', 'examples/node-slim');
      const ls = (flags: readonly string[]) =>
        inside('containerd', image, ['npm', 'ls', '--all', '--parseable', '--long', ...flags]);
      const lines = [...(await ls(['--global'])), ...(await ls([]))];
      // An alias is shown with the package that it stands for: `wrap-ansi-cjs@npm:wrap-ansi@7.0.0`.
      const said = lines.flatMap((line) => {
        const [, spec = ''] = /\/node_modules\/[^:]*:([^:]*?@npm:[^:]*|[^:]*)/.exec(line) ?? [];
        const [, name, version] = /^(?:.+@npm:)?(.+)@(.+)$/.exec(spec) ?? [];
        return name === undefined ? [] : [`${name} ${version}`];
      });
      expect(said.length).toBeGreaterThan(100);
      expect(ours(await inspect('containerd', image), 'npm')).toEqual(sorted(said));
    },
    timeout,
  );

  it(
    'of Python are those of pip list',
    async () => {
      const image = await build('classic', 'python-venv', 'examples/python-venv');
      const list = async (flags: readonly string[]) =>
        (
          await inside('classic', image, [
            '/usr/bin/env',
            'pip',
            ...flags,
            'list',
            '--format=freeze',
            '--disable-pip-version-check',
          ])
        ).map((line) => line.replace('==', ' ').replace(/^\S+/, (name) => name.toLowerCase().replace(/[-_.]+/g, '-')));
      const said = [...(await list([])), ...(await list(['--python', '/venv/bin/python']))];
      expect(said).toContainEqual(expect.stringMatching(/^pip /));
      expect(ours(await inspect('classic', image), 'pypi')).toEqual(sorted(said));
    },
    timeout,
  );

  it(
    'of Go are those of go version -m',
    async () => {
      const image = await build('containerd', 'go-distroless', 'examples/go-distroless');
      const { contents, packages } = await inspect('containerd', image);
      const binary = contents.binaries.list.find(({ kind }) => kind === 'program');
      const file = join(folder, 'program');
      const script = `id=$(docker create ${image}) && docker cp "$id:$1" "$2"; docker rm "$id" >/dev/null`;
      await runIn('containerd', 'bash', ['-c', script, 'bash', binary?.path ?? '', file]);
      const said = execFileSync('go', ['version', '-m', file], { encoding: 'utf8' });
      const version = /: go(\S+)/.exec(said)?.[1];
      const modules = Array.from(said.matchAll(/^\t(?:mod|dep)\t(\S+)\t(\S+)/gm), ([, name, at]) => `${name} ${at}`);
      expect(
        sorted(packages.filter(({ type }) => type === 'golang').map(({ name, version: at }) => `${name} ${at}`)),
      ).toEqual(sorted([`stdlib ${version}`, ...modules]));
      expect(contents.architectures).toMatchObject([{ architecture: 'amd64' }]);
    },
    timeout,
  );

  it(
    'of Go with dependencies are those of go version -m',
    () => {
      const act =
        process.env.STAGEGATE_ACT ??
        execFileSync('bash', ['-c', 'eval "$(scripts/runner env)"; echo "$STAGEGATE_ACT"'], {
          cwd: repository,
          encoding: 'utf8',
        }).trim();
      const said = execFileSync('go', ['version', '-m', act], { encoding: 'utf8', maxBuffer: 1 << 26 });
      const lines = said.split('\n').map((line) => line.split('\t').slice(1));
      const modules = lines.flatMap(([word, name, version], at) =>
        (word === 'mod' || word === 'dep') && lines[at + 1]?.[0] !== '=>'
          ? [`${name} ${version}`]
          : word === '=>'
            ? [`${name} ${version}`]
            : [],
      );
      const found = factsOf({ content: readFileSync(act) }, 65_536)?.packages ?? [];
      expect(modules.length).toBeGreaterThan(50);
      expect(found.slice(1).map(({ name, version }) => `${name} ${version}`)).toEqual(modules);
    },
    timeout,
  );
});

describe('an rpm database', () => {
  it(
    'that rpm wrote has the packages that rpm -qa says, where Node.js has SQLite, and elsewhere the report says why not',
    async () => {
      const fixtures = join(repository, '__tests__/fixtures/rpm');
      const context = mkdtempSync(join(folder, 'rpm-'));
      writeFileSync(join(context, 'rpmdb.sqlite'), gunzipSync(readFileSync(join(fixtures, 'rpmdb.sqlite.gz'))));
      writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY rpmdb.sqlite /usr/lib/sysimage/rpm/\n');
      const image = await build('containerd', 'rpm', context);
      const said = readFileSync(join(fixtures, 'rpm-qa.txt'), 'utf8').trim().split('\n');
      const expected = said.map((line) => line.replace(/ \(none\) /, ' ').replace(/^(\S+) (\d+) (\S+)$/, '$1 $2:$3'));
      const node24 = execFileSync('bash', ['-c', 'eval "$(scripts/runner env)"; echo "$STAGEGATE_ACTION_NODE"'], {
        cwd: repository,
        encoding: 'utf8',
      }).trim();
      const read = await inspect('containerd', image, node24);
      expect(ours(read, 'rpm')).toEqual(sorted(expected));
      expect(read.contents.notes).toEqual([]);
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      if (major > 22 || (major === 22 && minor >= 13)) return;
      const unread = await inspect('containerd', image);
      expect(unread.packages).toEqual([]);
      expect(unread.contents.notes).toEqual([expect.stringMatching(/rpmdb\.sqlite: .*node:sqlite.*does not have/)]);
    },
    timeout,
  );
});

describe('contents', () => {
  it(
    'are what find, stat and readelf say inside, and the same each time',
    async () => {
      const image = 'python:3.11-bookworm';
      const { contents, layers } = await inspect('containerd', image);
      const find = (...args: readonly string[]) => inside('containerd', image, ['find', '/', '-xdev', ...args]);
      expect(contents.setuid.list.map(({ path }) => path)).toEqual(await find('-type', 'f', '-perm', '/6000'));
      const firstLines = `find / -xdev -type f -perm /111 -print0 |
        xargs -0 awk 'FNR == 1 { if ($0 ~ /^#!./) print FILENAME; nextfile }' |
        xargs -d '\\n' stat --format='%i %n'`;
      const scripts = await inside('containerd', image, ['bash', '-c', firstLines]);
      // A script under two names is one.
      expect(contents.scripts.count).toBe(new Set(scripts.map((line) => line.split(' ', 1)[0])).size);
      const named = scripts.map((line) => line.slice(line.indexOf(' ') + 1));
      expect(named).toEqual(expect.arrayContaining(contents.scripts.list.map(({ path }) => path)));
      const users = await inside('containerd', image, ['getent', 'passwd']);
      expect(
        sorted(contents.users.list.map(({ name, uid, gid, home, shell }) => [name, uid, gid, home, shell].join(':'))),
      ).toEqual(
        sorted(
          users
            .map((line) => line.split(':'))
            .map(([name, , uid, gid, , home, shell]) => [name, uid, gid, home, shell].join(':')),
        ),
      );
      const paths = contents.binaries.list.map(({ path }) => path);
      const { stdout } = await runIn('containerd', 'docker', [
        ...['run', '--rm', '--network=none', '--entrypoint=readelf', image, '-Wdl'],
        ...paths,
      ]);
      const said = new Map(stdout.split(/^File: /m).map((part) => [part.slice(0, part.indexOf('\n')).trim(), part]));
      for (const { path, needed, interpreter } of contents.binaries.list) {
        const of = said.get(path) ?? '';
        expect(of).toContain('Dynamic section');
        expect(needed).toEqual(Array.from(of.matchAll(/\(NEEDED\).*\[(.+)\]/g), ([, name]) => name));
        expect(interpreter).toBe(/program interpreter: ([^\]]+)/.exec(of)?.[1]);
      }
      const gcc = contents.leftovers.list.find(({ path }) => path === '/usr/lib/gcc');
      const sizes = await find('-path', '/usr/lib/gcc/*', '-type', 'f', '-links', '1', '-printf', '%p %s\\n');
      expect(gcc).toMatchObject({
        kind: 'toolchain',
        files: sizes.length,
        bytes: sizes.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0),
        layer: layers.length - 1,
      });
      expect((await inspect('containerd', image)).contents).toEqual(contents);
    },
    timeout,
  );

  it(
    'name the line that left things behind',
    async () => {
      const context = mkdtempSync(join(folder, 'line-'));
      writeFileSync(
        join(context, 'Dockerfile'),
        'FROM busybox:1.37\nRUN mkdir -p /root/.cache/pip && head -c 5000 /dev/zero >/root/.cache/pip/a\nRUN head -c 3000 /dev/zero >/tmp/b\n',
      );
      copyFileSync(join(context, 'Dockerfile'), join(context, 'a'));
      const args = [
        join(repository, 'dist/cli.js'),
        'check',
        context,
        '--format=json',
        '--fail-on=never',
        '--no-index',
      ];
      const { stdout, stderr } = await runIn('containerd', process.execPath, args);
      const platform = JSON.parse(stdout || `{"images":[],"stderr":${JSON.stringify(stderr)}}`).images[0].platforms[0];
      expect(platform.contents.leftovers).toEqual({
        bytes: 8000,
        count: 2,
        list: [
          { kind: 'package-cache', path: '/root/.cache/pip', bytes: 5000, files: 1, layer: 1, line: 2 },
          { kind: 'temporary-files', path: '/tmp', bytes: 3000, files: 1, layer: 2, line: 3 },
        ],
      });
    },
    timeout,
  );
});
