import fc from 'fast-check';
import type { Delta } from '../../src/compare/delta.ts';
import { type ImageReport, type Report, reportSchema } from '../../src/report/report.ts';
import { hostileText } from './hostile.ts';
import { mapStrings } from './map-strings.ts';
import { createScenarios } from './report-scenarios.ts';

/** Words of our own, which the schema fixes; everything else may come from outside. */
const ownKeys = new Set([
  'verdict',
  'status',
  'severity',
  'kind',
  'origin',
  'originFrom',
  'lineFrom',
  'by',
  'source',
  'baseChange',
  'family',
  'setBy',
  'reason',
  'unit',
  'store',
  'startedAt',
  'type',
]);
/** Every tag that our Markdown may become. */
export const ownTags = [
  'b',
  'blockquote',
  'br',
  'code',
  'details',
  'h3',
  'h4',
  'li',
  'p',
  'pre',
  'span',
  'strong',
  'sub',
  'summary',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
];

/** A report in which every text from outside is hostile. */
export function hostileReport(): fc.Arbitrary<Report> {
  const reports = Object.values(createScenarios());
  return fc
    .tuple(fc.constantFrom(...reports), fc.array(hostileText(), { minLength: 1, maxLength: 6 }))
    .map(([report, texts]) => {
      let at = 0;
      const change = (text: string, key: string) =>
        isOwn(text, key, report) ? text : (texts[at++ % texts.length] ?? '');
      return reportSchema.parse(mapStrings(report, change));
    });
}

/** Whether a text is a word of the schema, which nobody outside can choose. */
export function isOwn(text: string, key: string, report: Report): boolean {
  return text === report.tool.name || (ownKeys.has(key) && /^[a-z-]+$/.test(text)) || key === 'startedAt';
}

/** Such a report with lists that are many times as long and texts that go on and on. */
export function hugeHostileReport(): fc.Arbitrary<Report> {
  const growth = fc.constantFrom(
    { images: 40, items: 1, texts: 1 },
    { images: 1, items: 60, texts: 2 },
    { images: 1, items: 1, texts: 3000 },
    { images: 5, items: 5, texts: 40 },
  );
  return fc.tuple(hostileReport(), growth).map(([report, by]) => {
    const longer = mapStrings(report, (text, key) => (isOwn(text, key, report) ? text : text.repeat(by.texts)));
    const { images, ...rest } = reportSchema.parse(longer);
    return { ...rest, images: repeat(images, by.images).map((image) => grow(image, by.items)) };
  });
}

function grow(image: ImageReport, times: number): ImageReport {
  return {
    ...image,
    findings: repeat(image.findings, times),
    checks: repeat(image.checks, times),
    notes: repeat(image.notes, times),
    waivers: repeat(image.waivers, times),
    stages: repeat(image.stages, times),
    platforms: image.platforms.map((platform) =>
      'size' in platform
        ? {
            ...platform,
            findings: repeat(platform.findings, times),
            layers: repeat(platform.layers, times),
            ...(platform.delta && { delta: growDelta(platform.delta, times) }),
          }
        : platform,
    ),
  };
}

function growDelta(delta: Delta, times: number): Delta {
  const { layers, files, packages, config } = delta;
  return {
    ...delta,
    layers: repeat(layers, times),
    files: repeat(files, times),
    packages: repeat(packages, times),
    config: repeat(config, times),
  };
}

function repeat<Item>(items: readonly Item[], times: number): Item[] {
  return Array.from({ length: times }, () => items).flat();
}
