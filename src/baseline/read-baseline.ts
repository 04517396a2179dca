import type { Finding } from '../policy/finding.ts';
import type { Profile } from '../profile/profile.ts';
import type { Report, WeighedPlatform } from '../report/report.ts';
import { reportSchema } from '../report/report.ts';

/** A profile recorded earlier, with what it takes to say where it is from. */
export type Baseline = {
  readonly profile: Profile;
  readonly findings: readonly Finding[];
  readonly commit?: string;
  readonly recordedAt: string;
  readonly builder?: NonNullable<Report['builder']>;
};

/** Why a place gave no baseline: shown, never a failure. */
export type Skipped = { readonly source: string; readonly reason: string };

export type BaselineLookup = { readonly baseline?: Baseline; readonly tried: readonly Skipped[] };

/** Beyond this a stored report is not one of ours: 64 MiB. */
const largestReport = 64 * 2 ** 20;

/** Reads the recorded report at a path; throws as `node:fs` does when it cannot be read. */
export type ReadText = (path: string, limitBytes: number) => Promise<string>;

/**
 * Finds the profile of one image and platform in a recorded report. Whatever is wrong with the file (missing,
 * truncated, another schema, another image) is a reason to go without a baseline, never a guess.
 */
export async function readBaseline(
  file: { readonly path: string; readonly asWritten: string },
  wanted: { readonly image: string; readonly platform: string },
  readText: ReadText,
): Promise<BaselineLookup> {
  const skip = (reason: string): BaselineLookup => ({
    tried: [{ source: 'file', reason: `${file.asWritten} ${reason}` }],
  });
  const text = await readText(file.path, largestReport).catch(() => undefined);
  if (text === undefined) return skip('cannot be read, or does not exist yet');
  const report = parseReport(text);
  if (typeof report === 'string') return skip(report);
  const image = report.images.find((each) => each.name === wanted.image);
  if (image === undefined) return skip(`has no image named ${wanted.image}: it has ${names(report.images)}`);
  const weighed = image.platforms.filter((each): each is WeighedPlatform => 'size' in each);
  const entry = weighed.find((each) => each.platform === wanted.platform);
  if (entry === undefined) {
    const platforms = weighed.map((each) => each.platform).join(', ');
    return skip(`has ${wanted.image} for ${platforms === '' ? 'no platform' : platforms}, not for ${wanted.platform}`);
  }
  return { baseline: toBaseline(entry, report), tried: [] };
}

function parseReport(text: string): Report | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not complete JSON';
  }
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (version !== 1)
    return `was not recorded by this version: its schemaVersion is ${JSON.stringify(version) ?? 'missing'}, not 1`;
  const report = reportSchema.safeParse(value);
  if (report.success) return report.data;
  const place = report.error.issues[0]?.path.join('.') ?? '';
  return `is not a report as --record writes it (at ${place === '' ? 'its top' : place})`;
}

function names(images: Report['images']): string {
  return images.length === 0 ? 'none' : images.map((image) => image.name).join(', ');
}

function toBaseline(entry: WeighedPlatform, report: Report): Baseline {
  const { build: _build, baseline: _baseline, delta: _delta, checks: _checks, findings, ...profile } = entry;
  return {
    profile,
    findings,
    ...(report.run.commit === undefined ? {} : { commit: report.run.commit }),
    recordedAt: report.run.startedAt,
    ...(report.builder === undefined ? {} : { builder: report.builder }),
  };
}
