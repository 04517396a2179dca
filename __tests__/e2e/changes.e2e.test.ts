import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delta } from '../../src/compare/delta.ts';
import { formatBytes } from '../../src/report/format-bytes.ts';
import { reportSchema, type WeighedPlatform } from '../../src/report/report.ts';
import { bases, before, type ChangingApp, edited } from '../support/changing-app.ts';
import { repository, runIn, stagegate } from '../support/engine.ts';

const kind = 'containerd';
const tag = `stagegate-changes/app:${process.pid}`;

/** What Python's tarfile says of an image. */
type Saved = {
  readonly layers: readonly { readonly diffId: string; readonly unpacked: number }[];
  readonly files: Readonly<Record<string, SavedFile>>;
  readonly unpacked: number;
  readonly visible: number;
};
type SavedFile = {
  readonly type: string;
  readonly mode: number;
  readonly owner: string;
  readonly bytes: number;
  readonly content: string;
  readonly layer: number;
};

type Change = {
  readonly title: string;
  readonly app: ChangingApp;
  readonly flags?: readonly string[];
  /** Path → line of the layer that brought it, and the stage and line that made it; every row of a path that is there. */
  readonly blamed: Readonly<Record<string, readonly [line: number, madeBy?: string]>>;
  /** Lines whose layers weigh more or less than before; 0 stands for a layer that is gone, as that of an edited line is. */
  readonly lines: readonly number[];
  /** How the headline goes on behind the total. */
  readonly headline: RegExp;
};

const changes: readonly Change[] = [
  {
    title: 'a line inserted',
    app: edited('COPY --from', 'RUN head -c 30000 /dev/zero > /app/big.bin\nCOPY --from'),
    blamed: { '/app/big.bin': [10] },
    lines: [10],
    headline: /all of it by Dockerfile:10 RUN head .* \(new\)/,
  },
  {
    title: 'a file grown',
    app: { ...before, 'deps/two/lib.txt': 'lib two\n'.repeat(2000) },
    blamed: { '/app/deps/two/lib.txt': [9] },
    lines: [9],
    headline: /all of it by Dockerfile:9 COPY deps/,
  },
  {
    title: 'a dependency added',
    app: { ...before, 'deps/new/lib.txt': 'new\n'.repeat(3000), 'deps/new/doc.txt': 'doc\n' },
    blamed: { '/app/deps/new': [9], '/app/deps/new/doc.txt': [9], '/app/deps/new/lib.txt': [9] },
    lines: [9],
    headline: /all of it by Dockerfile:9 COPY deps/,
  },
  {
    title: 'a file grown that an earlier stage makes',
    app: { ...before, 'src/main.txt': 'main\n'.repeat(4000) },
    blamed: { '/app/bin/program': [10, 'build:4'] },
    lines: [10],
    headline: /all of it by Dockerfile:10 COPY --from=build/,
  },
  {
    title: 'the base replaced',
    app: edited('base:old', 'base:new'),
    blamed: {},
    lines: [],
    headline: /all of it by Dockerfile:7, which replaced the base image/,
  },
  {
    title: 'a file moved between stages',
    app: edited(
      'COPY deps ./deps/',
      'COPY --from=deps /src ./deps/',
      edited('FROM stagegate', 'FROM scratch AS deps\nCOPY deps /src/\n\nFROM stagegate', {
        ...before,
        'deps/two/lib.txt': 'lib two\n'.repeat(900),
      }),
    ),
    blamed: { '/app/deps/two/lib.txt': [12, 'deps:8'] },
    lines: [0, 12],
    headline: /all of it by Dockerfile:12 COPY --from=deps .*\(edited\)/,
  },
  {
    title: 'a mode changed and nothing else',
    app: edited('COPY deps', 'COPY --chmod=700 deps'),
    blamed: {
      '/app/deps': [9],
      '/app/deps/one': [9],
      '/app/deps/one/lib.txt': [9],
      '/app/deps/two': [9],
      '/app/deps/two/lib.txt': [9],
    },
    lines: [0, 9],
    headline: /./,
  },
  { title: 'a rebuild with no change', app: before, flags: ['--no-cache'], blamed: {}, lines: [], headline: /./ },
  {
    title: 'two layers made one',
    app: edited('.txt\nRUN echo two', '.txt && echo two'),
    blamed: {},
    lines: [0, 0, 11],
    headline: /./,
  },
  {
    title: 'a stage renamed',
    app: edited('AS build', 'AS compile', edited('--from=build', '--from=compile')),
    blamed: {},
    lines: [0, 10],
    headline: /./,
  },
];

describe('a change of one line', () => {
  let folder = '';
  let old: Saved;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stagegate-changes-'));
    await buildBase('old');
    await buildBase('new');
    await writeApp(before);
    await check(['--record', 'baseline.json']);
    old = await saved();
  }, 120_000);

  afterAll(async () => {
    await runIn(kind, 'docker', ['image', 'rm', '--force', tag]);
    await rm(folder, { recursive: true, force: true });
  });

  it.each(changes)(
    'is told as it is: $title',
    async ({ app, flags = [], blamed, lines, headline }) => {
      await writeApp(app);
      const { platform, text } = await check(['--baseline', 'baseline.json', ...flags]);
      const now = await saved();
      const { delta } = platform;
      if (delta === undefined) throw new Error('nothing was compared');
      expect(platform.layers.map(({ diffId }) => diffId)).toEqual(now.layers.map(({ diffId }) => diffId));
      expectSums(delta, { old, now, baseLayers: await baseLayers(app) });
      expect(rowsOf(delta)).toEqual(differences(old, now));
      expect(blamedOf(delta)).toEqual(blamed);
      expect(weighed(delta)).toEqual([...lines].sort());
      expectAligned(delta, { old, now });
      expect(text).toContain(formatBytes(now.unpacked - old.unpacked, { sign: true }));
      expect(text).toMatch(headline);
    },
    60_000,
  );

  it('is told as it is when the base moved behind its tag', async () => {
    await writeApp(before);
    await buildBase('old', bases.new);
    const { platform, text } = await check(['--baseline', 'baseline.json']);
    const now = await saved();
    await buildBase('old');
    const { delta } = platform;
    if (delta === undefined) throw new Error('nothing was compared');
    expect(delta.baseChange).toBe('moved');
    expect([delta.base?.unpackedBytes, delta.own?.unpackedBytes]).toEqual([now.unpacked - old.unpacked, 0]);
    expect(rowsOf(delta)).toEqual(differences(old, now));
    expect(text).toMatch(/all of it by the base image \(moved\)/);
  }, 60_000);

  it('puts max-growth on the lines that brought the growth and that made it', async () => {
    await writeApp({ ...before, 'src/main.txt': 'main\n'.repeat(4000) });
    const { platform } = await check(['--baseline', 'baseline.json', '--max-growth', '1kB'], 1);
    expect(platform.findings).toMatchObject([
      {
        rule: 'max-growth',
        evidence: [
          { file: 'Dockerfile', line: 10, layer: expect.any(Number) },
          { file: 'Dockerfile', line: 4, lineEnd: 5 },
        ],
      },
    ]);
  }, 60_000);

  async function writeApp(app: ChangingApp): Promise<void> {
    await rm(join(folder, 'app'), { recursive: true, force: true });
    for (const [name, content] of Object.entries(app)) {
      await mkdir(dirname(join(folder, 'app', name)), { recursive: true });
      await writeFile(join(folder, 'app', name), content);
    }
  }

  async function check(flags: readonly string[], wanted = 0): Promise<{ platform: WeighedPlatform; text: string }> {
    const paths = flags.map((flag) => (flag.endsWith('.json') ? join(folder, flag) : flag));
    const outputs = ['--output', `json=${join(folder, 'r.json')}`, '--format', 'text'];
    const args = ['check', '.', '--tag', tag, '--load', ...paths, ...outputs];
    const ran = await stagegate(kind, args, { cwd: join(folder, 'app') });
    if (ran.exitCode !== wanted) throw new Error(`exit code ${ran.exitCode}:\n${ran.stdout}\n${ran.stderr}`);
    const report = reportSchema.parse(JSON.parse((await run('cat', [join(folder, 'r.json')])).toString()));
    const platform = report.images[0]?.platforms[0];
    if (platform === undefined || !('size' in platform)) throw new Error('the image was not weighed');
    return { platform, text: ran.stdout.replaceAll('`', '').replaceAll(/\s+/g, ' ') };
  }

  /** What `docker save` writes of the image that the check has built, told by Python. */
  async function saved(): Promise<Saved> {
    const file = join(folder, 'image.tar');
    await run('docker', ['save', '--output', file, tag]);
    return JSON.parse(await run('python3', [join(repository, '__tests__/support/saved-image.py'), file]));
  }

  async function buildBase(name: keyof typeof bases, text = bases[name]): Promise<void> {
    const context = join(folder, `base-${name}`);
    await mkdir(context, { recursive: true });
    await writeFile(join(context, 'Dockerfile'), text);
    await run('docker', ['buildx', 'build', '--quiet', '--load', '--tag', `stagegate-changes/base:${name}`, context]);
  }
});

async function run(program: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runIn(kind, program, args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

/** How many layers Docker says that the base of this Dockerfile has. */
async function baseLayers({ Dockerfile = '' }: ChangingApp): Promise<number> {
  const name = /stagegate-changes\/base:\w+/.exec(Dockerfile)?.[0] ?? '';
  return JSON.parse(await run('docker', ['image', 'inspect', '--format', '{{json .RootFS.Layers}}', name])).length;
}

type Pair = { readonly old: Saved; readonly now: Saved };

function expectSums(delta: Delta, { old, now, baseLayers: count }: Pair & { readonly baseLayers: number }): void {
  const ofBase = (image: Saved) => image.layers.slice(0, count).reduce((sum, { unpacked }) => sum + unpacked, 0);
  const whole = now.unpacked - old.unpacked;
  const base = ofBase(now) - ofBase(old);
  expect({
    unpacked: delta.unpackedBytes,
    visible: delta.visibleBytes,
    wasted: delta.wastedBytes,
    base: delta.base?.unpackedBytes,
    own: delta.own?.unpackedBytes,
  }).toEqual({
    unpacked: whole,
    visible: now.visible - old.visible,
    wasted: whole - (now.visible - old.visible),
    base,
    own: whole - base,
  });
  expect(delta.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(delta.visibleBytes);
}

/** Path, kind and bytes of every row. */
function rowsOf({ files }: Delta): Record<string, unknown> {
  return Object.fromEntries(files.map(({ path, kind: change, bytes }) => [path, [change, bytes]]));
}

function differences(old: Saved, now: Saved): Record<string, unknown> {
  const paths = new Set([...Object.keys(old.files), ...Object.keys(now.files)]);
  const rows = [...paths].flatMap((path) => {
    const change = kindOf(old.files[path], now.files[path]);
    const bytes = (now.files[path]?.bytes ?? 0) - (old.files[path]?.bytes ?? 0);
    return change === undefined ? [] : [[`/${path}`, [change, bytes]] as const];
  });
  return Object.fromEntries(rows);
}

function kindOf(was: SavedFile | undefined, is: SavedFile | undefined): string | undefined {
  if (was === undefined) return 'added';
  if (is === undefined) return 'removed';
  if (was.type !== is.type) return 'type';
  if (was.content !== is.content) return 'changed';
  if (was.mode !== is.mode) return 'mode';
  return was.owner === is.owner ? undefined : 'owner';
}

function blamedOf({ files }: Delta): Record<string, unknown> {
  const ofLines = files.filter(({ line }) => line !== undefined);
  return Object.fromEntries(
    ofLines.map(({ path, line, madeBy }) => [path, madeBy ? [line, `${madeBy.stage}:${madeBy.line}`] : [line]]),
  );
}

/** Lines of the own layers that weigh otherwise than before. */
function weighed({ layers }: Delta): number[] {
  return layers
    .filter(({ bytes, origin }) => bytes !== 0 && origin === 'own')
    .map(({ kind: change, line }) => (change === 'removed' ? 0 : (line ?? -1)))
    .sort();
}

/** Every layer of both images stands in one row, with the bytes that it is more or less. */
function expectAligned({ layers }: Delta, { old, now }: Pair): void {
  const positions = (key: 'basePosition' | 'headPosition') => layers.flatMap((layer) => layer[key] ?? []);
  expect(positions('basePosition')).toEqual(old.layers.map((_, at) => at));
  expect(positions('headPosition')).toEqual(now.layers.map((_, at) => at));
  for (const { bytes, basePosition, headPosition, kind: change } of layers) {
    const was = basePosition === undefined ? undefined : old.layers[basePosition];
    const is = headPosition === undefined ? undefined : now.layers[headPosition];
    expect(bytes).toBe((is?.unpacked ?? 0) - (was?.unpacked ?? 0));
    expect(change === 'same').toBe(was?.diffId === is?.diffId);
  }
}
