import type { Report, WeighedPlatform } from './report.ts';
import { isWeighed } from './view/is-weighed.ts';

/** The Action's outputs that come from the report; empty where something is not known or there is more than one of it. */
export type ReportOutputs = Readonly<
  Record<
    | 'verdict'
    | 'unpacked-size'
    | 'download-size'
    | 'size-delta'
    | 'baseline-commit'
    | 'digest'
    | 'imageid'
    | 'metadata',
    string
  >
>;

/** Sizes in bytes, over all images and platforms; digests and the baseline's commit for exactly one of them. */
export function actionOutputs(report: Report): ReportOutputs {
  const all = report.images.flatMap(({ platforms }) => platforms);
  const weighed = all.filter(isWeighed);
  const isWhole = weighed.length === all.length && report.images.every(({ platforms }) => platforms.length > 0);
  const only = isWhole && weighed.length === 1 ? weighed[0] : undefined;
  const sum = (read: (platform: WeighedPlatform) => number | null | undefined): string =>
    isWhole ? sumOf(weighed.map(read)) : '';
  return {
    verdict: report.verdict,
    'unpacked-size': sum(({ size }) => size.unpackedBytes),
    'download-size': sum(({ size }) => size.downloadBytes),
    'size-delta': sum(({ delta }) => delta?.unpackedBytes),
    'baseline-commit': commitOf(only),
    digest: only?.digest ?? '',
    imageid: only?.configDigest ?? '',
    metadata: JSON.stringify(metadataOf(only)),
  };
}

function sumOf(numbers: readonly (number | null | undefined)[]): string {
  const known = numbers.filter((each) => each !== null && each !== undefined);
  if (known.length === 0 || known.length < numbers.length) return '';
  return String(known.reduce((sum, each) => sum + each, 0));
}

/** A baseline is stored data: an output that workflows put into their scripts takes nothing but a commit from it. */
function commitOf(platform: WeighedPlatform | undefined): string {
  const commit = platform?.baseline.commit ?? '';
  return /^[0-9a-f]{7,64}$/.test(commit) ? commit : '';
}

/** The keys of BuildKit's metadata file that hold no argument and no provenance. */
function metadataOf(platform: WeighedPlatform | undefined): Readonly<Record<string, string>> {
  if (platform === undefined) return {};
  const { digest, configDigest } = platform;
  return {
    ...(digest === null ? {} : { 'containerimage.digest': digest }),
    'containerimage.config.digest': configDigest,
  };
}
