import { isDeepStrictEqual } from 'node:util';
import { createImageReport, createPlatform, createReport } from '../../__tests__/support/report.ts';
import { createScenarios } from '../../__tests__/support/report-scenarios.ts';
import { compareProfiles } from '../../src/compare/compare-profiles.ts';
import type { Delta } from '../../src/compare/delta.ts';
import { openReport } from '../../src/open-report.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { renderMarkdown } from '../../src/report/markdown/render-markdown.ts';
import type { WeighedPlatform } from '../../src/report/report.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { isWeighed } from '../../src/report/view/is-weighed.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { type Json, mutateJson } from '../mutate-json.ts';
import { attempt } from '../run-guarded.ts';
import type { Target } from '../target.ts';

const source = { transport: 'report', place: '/main.json', written: 'main.json' } as const;
const head = createPlatform();

/** Recorded reports, from a cache or an artifact that anyone may have written: opened, compared with, and told of. */
export const recordTarget: Target = {
  name: 'record',
  seeds: () => profiles().map((profile) => Buffer.from(JSON.stringify(profile))),
  mutate: (input, other, random) => {
    const [value, from] = [parse(input), parse(other)];
    if (value === undefined || random.chance(0.02)) return mutateBytes(input, other, random);
    const changed = mutateJson(value, from ?? null, words, random);
    return Buffer.from(JSON.stringify(random.chance(0.9) ? withSums(changed) : changed));
  },
  run: async (input) => {
    const read = async () => reportOn(input.toString('utf8'));
    const opened = await attempt(() => openReport(source, { likely: 'linux/amd64', read }));
    if ('refusal' in opened) return;
    const { profile, recordedAt } = opened.result.recorded;
    tell(profile, head, recordedAt);
    tell(head, profile, recordedAt);
  },
};

/** Sizes that do not add up are refused at once. */
function withSums(platform: Json): Json {
  const layers = member(platform, 'layers');
  const size = member(platform, 'size');
  if (!Array.isArray(layers) || !isObject(size) || !isObject(platform)) return platform;
  const bytes = layers.map((layer) => member(layer, 'unpackedBytes'));
  const unpackedBytes = bytes.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
  const wasted = member(size, 'wastedBytes');
  const visibleBytes = unpackedBytes - (typeof wasted === 'number' ? wasted : 0);
  return { ...platform, size: { ...size, unpackedBytes, visibleBytes } };
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of the scenarios that the report's own tests have, the images only. */
function profiles(): readonly Profile[] {
  const reports = [createReport(), ...Object.values(createScenarios())];
  const weighed = reports.flatMap(({ images }) => images.flatMap(({ platforms }) => platforms.filter(isWeighed)));
  return weighed.map(({ build: _build, baseline: _baseline, delta: _delta, checks: _checks, ...profile }) => profile);
}

function reportOn(platform: string): string {
  const { images, ...report } = createReport({ images: [createImageReport({ platforms: [] })] });
  const { platforms: _platforms, ...image } = images[0] ?? createImageReport();
  const rest = JSON.stringify({ baseline: { source: 'none', tried: [] }, checks: [] }).slice(1);
  const whole = `{"platforms":[${platform.replace(/}$/, () => `,${rest}`)}],${JSON.stringify(image).slice(1)}`;
  return `{"images":[${whole}],${JSON.stringify(report).slice(1)}`;
}

function tell(base: Profile, after: Profile, recordedAt: string): void {
  const comparison = compareProfiles({ profile: base }, { profile: after });
  if (comparison.kind === 'refused') return;
  checkSums(comparison.delta);
  const baseline: WeighedPlatform['baseline'] = { source: 'file', recordedAt, tried: [] };
  const platform = createPlatform({ ...after, baseline, delta: comparison.delta });
  const report = createReport({ images: [createImageReport({ platforms: [platform] })] });
  renderMarkdown(report);
  renderText(report, { color: false, width: 80, paths: undefined });
}

function checkSums({ base, own, unpackedBytes, visibleBytes, wastedBytes }: Delta): void {
  if (base === null || own === null) return;
  const whole = [unpackedBytes, visibleBytes, wastedBytes];
  const parts = [
    base.unpackedBytes + own.unpackedBytes,
    base.visibleBytes + own.visibleBytes,
    base.wastedBytes + own.wastedBytes,
  ];
  if (!isDeepStrictEqual(parts, whole)) throw new Error(`base and own are ${parts} and not ${whole}`);
}

function parse(input: Buffer): Json | undefined {
  try {
    return JSON.parse(input.toString('utf8'));
  } catch {
    return undefined;
  }
}

const words = [
  ...['sha256:', `sha256:${'0'.repeat(64)}`, 'linux/amd64', 'linux/arm64', 'api', 'COPY a b', 'RUN x', '2026-01-01'],
  ...['base', 'own', 'provenance', 'history', 'deb', 'npm', 'file', 'distroless', 'pass', 'fail', '1.0', '2:1.0~rc1-1'],
  ...[
    'platform',
    'layers',
    'packages',
    'size',
    'config',
    'env',
    'labels',
    'user',
    'files',
    'origin',
    'diffId',
    'waste',
  ],
];
