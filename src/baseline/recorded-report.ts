import { decodingFileIndex } from '../compare/file-index/decode-file-index.ts';
import { findMismatch } from '../compare/file-index/match-profile.ts';
import type { FileIndex } from '../compare/file-index.ts';
import type { Finding } from '../policy/finding.ts';
import type { Profile } from '../profile/profile.ts';
import type { ImageReport, Report, WeighedPlatform } from '../report/report.ts';
import { reportSchema } from '../report/report.ts';
import { shorten } from '../report/view/shorten.ts';
import type { Steps } from '../slices.ts';

/** What a recorded report holds about one image on one platform. */
export type Recorded = {
  /** Without the text of its file index, which is large. */
  readonly profile: Profile;
  readonly fileIndex?: FileIndex | undefined;
  /** About the image itself. */
  readonly findings: readonly Finding[];
  /** What was said of the image as a whole, its Dockerfile and tests included. */
  readonly outcome: { readonly verdict: Report['verdict']; readonly findings: number };
  readonly commit?: string;
  readonly recordedAt: string;
  readonly builder?: NonNullable<Report['builder']>;
};

/**
 * Reads, in steps, the text of a recorded report, which anyone may have written. Whatever is wrong with it (truncated, another
 * schema, another image, an index that is not of its image) comes back as the rest of a sentence that begins with its name.
 */
export function* readingRecorded(
  text: string,
  wanted: { readonly image: string; readonly platform: string },
): Steps<Recorded | string> {
  const report = parseReport(text);
  if (typeof report === 'string') return report;
  const image = report.images.find((each) => each.name === wanted.image);
  if (image === undefined) return `has no image named ${wanted.image}: it has ${names(report.images)}`;
  const weighed = image.platforms.filter((each): each is WeighedPlatform => 'size' in each);
  const entry = weighed.find((each) => each.platform === wanted.platform);
  if (entry !== undefined) return yield* takingRecorded(entry, image, report);
  const platforms = weighed.map((each) => each.platform).join(', ');
  return `has ${wanted.image} for ${platforms === '' ? 'no platform' : platforms}, not for ${wanted.platform}`;
}

/** The report in a text; what is wrong with it comes back as the rest of a sentence that begins with its name. */
export function parseReport(text: string): Report | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not complete JSON';
  }
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (version !== 1)
    return `was not recorded by this version: its schemaVersion is ${shorten(JSON.stringify(version) ?? 'missing', 40)}, not 1`;
  const report = reportSchema.safeParse(value);
  if (report.success) return report.data;
  const place = report.error.issues[0]?.path.join('.') ?? '';
  return `is not a report as --record writes it (at ${place === '' ? 'its top' : place})`;
}

function names(images: Report['images']): string {
  return images.length === 0 ? 'none' : images.map((image) => image.name).join(', ');
}

/** One platform of a report as a baseline; why it cannot be one is the rest of a sentence. */
export function* takingRecorded(entry: WeighedPlatform, image: ImageReport, report: Report): Steps<Recorded | string> {
  const {
    build: _build,
    baseline: _baseline,
    delta: _delta,
    checks: _checks,
    findings,
    fileIndex: text,
    ...profile
  } = entry;
  const wrong = findWrongSum(profile);
  if (wrong !== undefined) return wrong;
  const fileIndex = text === undefined ? undefined : yield* decodingFileIndex(text);
  if (typeof fileIndex === 'string') return fileIndex;
  const mismatch = fileIndex && findMismatch(fileIndex, profile);
  if (mismatch !== undefined) return `has a file index that ${mismatch}`;
  return {
    profile,
    ...(fileIndex === undefined ? {} : { fileIndex }),
    findings,
    outcome: { verdict: image.verdict, findings: image.findings.length + findings.length },
    ...(report.run.commit === undefined ? {} : { commit: report.run.commit }),
    recordedAt: report.run.startedAt,
    ...(report.builder === undefined ? {} : { builder: report.builder }),
  };
}

/** Sizes that are not those of any image (docs/sizes.md): the rest of a sentence. */
function findWrongSum({ layers, size }: Profile): string | undefined {
  const { unpackedBytes, visibleBytes, wastedBytes } = size;
  const ofLayers = layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0);
  if (ofLayers !== unpackedBytes) return `says ${unpackedBytes} bytes of an image whose layers hold ${ofLayers}`;
  if (visibleBytes + wastedBytes === unpackedBytes) return undefined;
  return `says ${unpackedBytes} bytes of an image that shows ${visibleBytes} and wastes ${wastedBytes}`;
}
