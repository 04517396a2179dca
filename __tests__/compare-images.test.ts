import { describe, expect, it } from '@jest/globals';
import { type CompareEffects, compareImages, type PlatformChoice } from '../src/compare-images.ts';
import type { Image } from '../src/image/image.ts';
import { inspect } from '../src/inspect.ts';
import { renderJson } from '../src/report/render-json.ts';
import { type Report, reportSchema } from '../src/report/report.ts';
import type { CompareFlags } from '../src/settings/compare-settings.ts';
import { readCompareSettings } from '../src/settings/compare-settings.ts';
import type { ImageSource } from '../src/settings/image-source.ts';
import { file, image, layer } from './support/image-builder.ts';
import { createImageReport, createReport } from './support/report.ts';
import { weighed } from './support/reports.ts';

const system = layer(file('/lib/libc.so', 1000));
const newSystem = layer(file('/lib/libc.so', 1700));
const old = image(system, layer(file('/app/main', 200)));
const grown = image(system, layer(file('/app/main', 500)), layer(file('/app/data', 40)));
const moved = image(newSystem, layer(file('/app/main', 200)));
const arm = { ...old, platform: 'linux/arm64' };
const images: Readonly<Record<string, Image>> = {
  'docker-daemon:old:1': old,
  'docker-daemon:grown:1': grown,
  'docker-daemon:moved:1': moved,
  'docker-daemon:arm:1': arm,
  'docker-daemon:system:1': image(system),
};

type World = CompareEffects & { readonly asked: [string, PlatformChoice][] };

function world(files: Readonly<Record<string, Report>> = {}): World {
  const asked: [string, PlatformChoice][] = [];
  return {
    asked,
    now: () => new Date('2026-11-03T09:10:00Z'),
    hostPlatform: 'linux/amd64',
    readText: async (path) => renderJson(files[path.slice('/w/'.length)] ?? createReport()),
    openImage: async ({ written }: ImageSource, choice) => {
      asked.push([written, choice]);
      const found = images[written];
      if (found === undefined) throw new Error(`no image ${written}`);
      return found;
    },
  };
}

const files = {
  kindOf: async (path: string) => (path.endsWith('.json') ? ('file' as const) : ('missing' as const)),
  sizeOf: async () => 0,
  read: async () => new Uint8Array(),
  realPath: async (path: string) => path,
};

async function compare(base: string, head: string, flags: CompareFlags = {}, effects: CompareEffects = world()) {
  const full = (name: string) => (name.endsWith('.json') ? name : `docker-daemon:${name}:1`);
  const call = { base: full(base), head: full(head), flags, cwd: '/w', files };
  const report = await compareImages(await readCompareSettings(call), effects);
  const [found] = reportSchema.parse(JSON.parse(renderJson(report))).images;
  if (found === undefined) throw new Error('no image');
  const platform = weighed(found);
  if (platform.delta === undefined) throw new Error('no delta');
  return { report, image: found, platform, delta: platform.delta };
}

async function record(name: string): Promise<Report> {
  const source = { transport: 'docker-daemon', place: `${name}:1`, written: `docker-daemon:${name}:1` } as const;
  const inspection = await inspect(
    { source, lists: { top: 20, paths: [] } },
    { now: () => new Date('2026-11-01T00:00:00Z'), openImage: async ({ written }) => images[written] ?? old },
  );
  return inspection.record();
}

describe('comparing two images', () => {
  it('reports the head with what it was compared with and the change', async () => {
    const { report, image: found, platform, delta } = await compare('old', 'grown');
    expect(report).toMatchObject({ verdict: 'pass', run: { startedAt: '2026-11-03T09:10:00.000Z' } });
    expect(found).toMatchObject({ name: 'docker-daemon:grown:1', checks: [], findings: [], stages: [] });
    expect(platform.baseline).toMatchObject({ source: 'image', reference: 'docker-daemon:old:1', tried: [] });
    expect(platform.size.unpackedBytes).toBe(1540);
    expect(delta).toMatchObject({ unpackedBytes: 340, visibleBytes: 340, wastedBytes: 0 });
    expect(delta.layers.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['same', 0],
      ['changed', 300],
      ['added', 40],
    ]);
  });

  it('tells base from own on both sides by the base that is named, which is opened once', async () => {
    const effects = world();
    const { delta, image: found } = await compare('old', 'grown', { base: 'docker-daemon:system:1' }, effects);
    expect(delta).toMatchObject({ base: { unpackedBytes: 0 }, own: { unpackedBytes: 340 }, baseChange: 'none' });
    expect(effects.asked.filter(([name]) => name === 'docker-daemon:system:1')).toHaveLength(1);
    expect(found.notes).toEqual([]);
  });

  it('says where the base that is named is none of one side', async () => {
    const { delta, image: found } = await compare('old', 'moved', { base: 'docker-daemon:system:1' });
    expect(delta.base).toBeNull();
    expect(found.notes).toEqual([expect.stringMatching(/system:1 is not the base of this image/)]);
  });

  it('finds nothing between an image and itself', async () => {
    const { delta } = await compare('old', 'old');
    expect(delta).toMatchObject({ unpackedBytes: 0, files: [], config: [] });
    expect(delta.layers.every(({ kind }) => kind === 'same')).toBe(true);
  });

  it('refuses other platforms, and says how to name one', async () => {
    await expect(compare('old', 'arm')).rejects.toMatchObject({
      exitCode: 2,
      message:
        '`docker-daemon:old:1` is not comparable with `docker-daemon:arm:1`: it is of platform linux/amd64, this image of linux/arm64.',
      hint: expect.stringMatching(/--platform/),
    });
  });

  it('takes of several images the one for the platform of the base', async () => {
    const effects = world();
    await compare('arm', 'arm', {}, effects);
    expect(effects.asked.map(([, choice]) => choice)).toEqual([
      { platform: undefined, defaultPlatform: 'linux/amd64' },
      { platform: undefined, defaultPlatform: 'linux/arm64' },
    ]);
  });
});

describe('max-growth', () => {
  it.each([
    ['340', 'pass', 'passed'],
    ['339', 'fail', 'failed'],
    ['28.4%', 'pass', 'passed'],
    ['28.3%', 'fail', 'failed'],
  ])('of %s: %s', async (maxGrowth, verdict, status) => {
    const { report, platform } = await compare('old', 'grown', { maxGrowth });
    expect([report.verdict, platform.checks.map(({ rule, status: of }) => [rule, of])]).toEqual([
      verdict,
      [['max-growth', status]],
    ]);
    expect(platform.findings).toHaveLength(verdict === 'fail' ? 1 : 0);
  });
});

describe('comparing recorded reports', () => {
  it('gives the same delta as the images that they are of, in every mixture', async () => {
    const effects = world({ 'old.json': await record('old'), 'grown.json': await record('grown') });
    const whole = (await compare('old', 'grown', {}, effects)).delta;
    for (const [base, head] of [
      ['old.json', 'grown.json'],
      ['old', 'grown.json'],
      ['old.json', 'grown'],
    ] as const) {
      const { delta } = await compare(base, head, {}, effects);
      expect({ ...delta, files: [], notes: [] }).toEqual({ ...whole, files: [], notes: [] });
    }
  });

  it('knows commit, time, Dockerfile and lines of what was built', async () => {
    const { report, image: found, platform } = await compare('main.json', 'head.json');
    expect(report.run.commit).toBe(createReport().run.commit);
    expect(found).toMatchObject({ name: 'api', dockerfile: createImageReport().dockerfile });
    expect(platform.baseline).toMatchObject({
      source: 'report',
      reference: 'main.json',
      recordedAt: '2026-11-03T09:10:00Z',
    });
    expect(platform).not.toHaveProperty('build');
    expect(platform.layers[3]?.line).toBe(21);
  });

  it('tells base from own in a report of what nobody built, by the base that is named', async () => {
    const effects = world({ 'old.json': await record('old') });
    const { delta } = await compare('old.json', 'grown', { base: 'docker-daemon:system:1' }, effects);
    expect(delta).toMatchObject({ base: { unpackedBytes: 0 }, own: { unpackedBytes: 340 } });
  });

  it('says where two image stores wrote the layers', async () => {
    const builder = createReport().builder;
    if (builder === undefined) throw new Error('no builder');
    const effects = world({ 'classic.json': createReport({ builder: { ...builder, store: 'classic' } }) });
    const { delta } = await compare('classic.json', 'main.json', {}, effects);
    expect(delta.notes).toEqual(expect.arrayContaining([expect.stringMatching(/classic.*containerd/)]));
  });

  it('opens an image for the platform of the report that it is compared with', async () => {
    const effects = world({ 'arm.json': await record('arm') });
    await compare('arm', 'arm.json', {}, effects);
    expect(effects.asked).toEqual([['docker-daemon:arm:1', { platform: undefined, defaultPlatform: 'linux/arm64' }]]);
  });

  it('refuses a report that claims more layers than could be paired in time', async () => {
    const report = createReport();
    const [entry] = report.images;
    if (entry === undefined) throw new Error('no image');
    const { layers: few, ...platform } = weighed(entry);
    const layers = Array.from({ length: 20_000 }, () => few).flat();
    const { size } = platform;
    const unpackedBytes = 20_000 * size.unpackedBytes;
    const sums = { ...size, unpackedBytes, visibleBytes: unpackedBytes - size.wastedBytes };
    const images = [{ ...entry, platforms: [{ ...platform, layers, size: sums }] }];
    await expect(
      compare('huge.json', 'main.json', {}, world({ 'huge.json': { ...report, images } })),
    ).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/has 100000 layers, and no more than 1000/),
    });
  });
});
