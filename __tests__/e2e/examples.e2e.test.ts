import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WeighedPlatform } from '../../src/report/report.ts';
import { type Report, reportSchema } from '../../src/report/report.ts';
import { engineKinds, repository, stagegate } from '../support/engine.ts';
import { type WeighedByTar, weighByTar } from '../support/tar-oracle.ts';

/** One line of examples/expected.json: the flags of `check` and what must come of them. */
type Case = {
  readonly example: string;
  readonly check: readonly string[];
  readonly verdict: 'pass' | 'fail';
  readonly exitCode: number;
  readonly rules: Readonly<Record<string, string>>;
  readonly stages: readonly string[];
};

const expected = JSON.parse(readFileSync(join(repository, 'examples/expected.json'), 'utf8')) as Record<
  string,
  Omit<Case, 'example'>[]
>;
const cases: Case[] = Object.entries(expected).flatMap(([example, list]) => list.map((each) => ({ example, ...each })));
const folders = readdirSync(join(repository, 'examples'), { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map((each) => each.name);
const visible = new Map<string, Map<string, number>>();

it('has an expected verdict for every example', () => {
  expect(Object.keys(expected).sort()).toEqual(folders.sort());
});

describe.each(engineKinds)('on the %s builder', (kind) => {
  describe.each(cases)('$example with $check', ({ example, check, verdict, exitCode, rules, stages }) => {
    const context = join('examples', example);
    let cold: Report;
    let cached: Report;
    let oracle: WeighedByTar;

    beforeAll(async () => {
      const finalStage = flag(check, '--target') ?? stages.at(-1) ?? '';
      const filter = finalStage === '' ? [] : [`--no-cache-filter=${finalStage}`];
      cold = await report(['check', context, ...check, ...filter, '--format', 'json'], exitCode);
      // Both have nothing to build any more.
      [cached, oracle] = await Promise.all([
        report(['check', context, ...check, '--format', 'json'], exitCode),
        weighByTar(kind, oracleFlags()),
      ]);
    }, 600_000);

    function oracleFlags(): string[] {
      const target = flag(check, '--target');
      const buildArgs = check.flatMap((each, at) => (check[at - 1] === '--build-arg' ? [`--build-arg=${each}`] : []));
      return [...(target === undefined ? [] : [`--target=${target}`]), ...buildArgs, context];
    }

    async function report(args: readonly string[], wanted: number): Promise<Report> {
      const { exitCode: code, stdout, stderr } = await stagegate(kind, args);
      if (code !== wanted) throw new Error(`exit code ${code}, not ${wanted}:\n${stdout}\n${stderr}`);
      return reportSchema.parse(JSON.parse(stdout));
    }

    it('ends in the expected verdict, rule by rule', () => {
      expect(cached.verdict).toBe(verdict);
      const checks = [...(cached.images[0]?.checks ?? []), ...platform(cached).checks];
      const statuses = Object.fromEntries(checks.map((each) => [each.rule, each.status]));
      expect(statuses).toMatchObject(rules);
    });

    it('knows the stages', () => {
      expect(cached.images[0]?.stages.map((stage) => stage.name ?? '')).toEqual(stages);
    });

    it('finds the line of every own layer by provenance, cold and fully cached', () => {
      const lines = readFileSync(join(repository, context, 'Dockerfile'), 'utf8').split('\n');
      for (const each of [cold, cached]) {
        const own = platform(each).layers.filter((layer) => layer.origin === 'own');
        expect(own.length).toBeGreaterThan(0);
        for (const layer of own) {
          expect(layer).toMatchObject({ originFrom: 'provenance', lineFrom: 'provenance' });
          const keyword = /^\S+/.exec(layer.instruction)?.[0] ?? 'no instruction';
          expect(lines[(layer.line ?? 0) - 1]?.toUpperCase()).toContain(keyword.toUpperCase());
        }
      }
    });

    it('weighs what tar and the manifest say', () => {
      const { size, layers } = platform(cached);
      expect({ unpacked: size.unpackedBytes, download: size.downloadBytes, layers: layers.length }).toEqual({
        unpacked: oracle.unpackedBytes,
        download: oracle.downloadBytes,
        layers: oracle.layerCount,
      });
      if (size.downloadBytes === null) expect(size.notes.join()).toContain('classic image store');
    });

    it('leaves nothing undone: sums add up, waste is what is not visible', () => {
      const { size, layers } = platform(cached);
      expect(layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0)).toBe(size.unpackedBytes);
      expect(size.unpackedBytes - size.visibleBytes).toBe(size.wastedBytes);
      const key = `${example} ${check.join(' ')}`;
      visible.set(key, (visible.get(key) ?? new Map()).set(kind, size.visibleBytes));
    });
  });
});

/** npm leaves its cache and logs in this image, as people's first Dockerfiles do, and they differ from build to build. */
const unrepeatable = 'single-stage ';

it('sees the same bytes of an example on every builder', () => {
  expect(visible.size).toBe(cases.length);
  expect(visible.delete(unrepeatable)).toBe(true);
  for (const [example, byKind] of visible) {
    expect([example, new Set(byKind.values()).size, byKind.size]).toEqual([example, 1, engineKinds.length]);
  }
});

function platform(report: Report): WeighedPlatform {
  const found = report.images[0]?.platforms[0];
  if (found === undefined || !('size' in found)) throw new Error('the image was not weighed');
  return found;
}

function flag(flags: readonly string[], name: string): string | undefined {
  const at = flags.indexOf(name);
  return at < 0 ? undefined : flags[at + 1];
}
