import { describe, expect, it } from '@jest/globals';
import { decodeFileIndex } from '../src/compare/file-index/decode-file-index.ts';
import type { Image } from '../src/image/image.ts';
import { inspect } from '../src/inspect.ts';
import { renderJson } from '../src/report/render-json.ts';
import type { Report } from '../src/report/report.ts';
import type { ImageSource } from '../src/settings/image-source.ts';
import { file, image, layer, whiteout } from './support/image-builder.ts';
import { weighed } from './support/reports.ts';

const system = layer(file('/lib/libc.so', 1000), file('/etc/os-release', 'ID=debian\n'));
const tools = layer(file('/usr/bin/gcc', 500));
const app = layer(file('/app', 200), whiteout('/usr/bin/gcc'));
const built = image(system, tools, app);
const source: ImageSource = { transport: 'oci', place: 'app', written: 'oci:app' };
const base: ImageSource = { transport: 'docker-daemon', place: 'base:1', written: 'base:1' };
const lists = { top: 20, paths: [] };

function effects(baseImage: Image = image(system, tools)) {
  const asked: (string | undefined)[] = [];
  const openImage = async ({ written }: ImageSource, platform: string | undefined) => {
    asked.push(platform);
    return written === 'oci:app' ? built : baseImage;
  };
  return { asked, now: () => new Date('2026-11-03T09:10:00Z'), openImage };
}

async function platformOf(call: Omit<Parameters<typeof inspect>[0], 'source'>, world = effects()) {
  const { report } = await inspect({ source, ...call }, world);
  const [found] = report.images;
  if (found === undefined) throw new Error('no image');
  return { image: found, platform: weighed(found) };
}

describe('inspect', () => {
  it('reports one image on one platform that nobody built or judged', async () => {
    const { report } = await inspect({ source, lists }, effects());
    expect(report).toMatchObject({ verdict: 'pass', run: { startedAt: '2026-11-03T09:10:00.000Z' } });
    expect(report.images).toMatchObject([{ name: 'oci:app', checks: [], findings: [], platforms: [{ checks: [] }] }]);
    expect(JSON.parse(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('is deterministic', async () => {
    const [one, other] = await Promise.all([
      inspect({ source, lists }, effects()),
      inspect({ source, lists }, effects()),
    ]);
    expect(renderJson(one.report)).toBe(renderJson(other.report));
  });

  it('splits by the diff IDs of a base, opened for the same platform', async () => {
    const world = effects();
    const { image: found, platform } = await platformOf({ base, lists }, world);
    expect(platform.layers.map(({ origin, originFrom }) => [origin, originFrom])).toEqual([
      ['base', 'diff-id'],
      ['base', 'diff-id'],
      ['own', 'diff-id'],
    ]);
    expect(platform.base).toMatchObject({ reference: 'base:1', family: 'debian' });
    expect(found.notes).toEqual([]);
    expect(world.asked).toEqual([undefined, 'linux/amd64']);
  });

  it('says so when the image stands on another version of the base', async () => {
    const { image: found, platform } = await platformOf({ base, lists }, effects(image(system, app)));
    expect(platform.layers.map(({ origin }) => origin)).toEqual(['base', 'own', 'own']);
    expect(found.notes).toEqual([expect.stringMatching(/shares the lowest 1 of its 2 layers with base:1/)]);
  });

  it('claims no split when the base is another image', async () => {
    const { image: found, platform } = await platformOf({ base, lists }, effects(image(app)));
    expect(platform.layers.map(({ origin }) => origin)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(found.notes).toEqual([expect.stringMatching(/base:1 is not the base/)]);
  });

  it('records the whole profile, however the lists were narrowed', async () => {
    const { report, record } = await inspect({ source, lists: { top: 1, layer: 2, paths: ['**'] } }, effects());
    const whole = await inspect({ source, lists }, effects());
    expect(withoutIndex(await record())).toEqual(withoutIndex(whole.report));
    expect(renderJson(report)).not.toBe(renderJson(whole.report));
  });

  it('records every file and a fingerprint of every layer, which the report itself does not show', async () => {
    const { report, record } = await inspect({ source, lists }, effects());
    const [found] = (await record()).images;
    const recorded = found && weighed(found);
    const index = decodeFileIndex(recorded?.fileIndex ?? '');
    if (typeof index === 'string') throw new Error(index);
    expect([...index.table].map(({ path }) => path)).toEqual([
      'app',
      'etc',
      'etc/os-release',
      'lib',
      'lib/libc.so',
      'usr',
      'usr/bin',
    ]);
    expect(recorded?.layers.every(({ fingerprint }) => /^[0-9a-f]{24}$/.test(fingerprint ?? ''))).toBe(true);
    expect(renderJson(report)).not.toMatch(/fileIndex|fingerprint/);
  });

  it('refuses a layer that is not there, before a base is opened', async () => {
    const world = effects();
    await expect(inspect({ source, base, lists: { ...lists, layer: 3 } }, world)).rejects.toMatchObject({
      exitCode: 2,
      hint: 'Its layers are 0 to 2, base first.',
    });
    expect(world.asked).toHaveLength(1);
  });
});

function withoutIndex(report: Report): unknown {
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) => (/^(fileIndex|fingerprint)$/.test(key) ? undefined : value)),
  );
}
