import { largestReport, type ReadText } from './baseline/read-text.ts';
import { parseReport, type Recorded, takingRecorded } from './baseline/recorded-report.ts';
import { escapeTerminal } from './escape.ts';
import { formatPlatform, parsePlatform } from './image/platform.ts';
import type { ImageReport, Report, WeighedPlatform } from './report/report.ts';
import { isWeighed } from './report/view/is-weighed.ts';
import { shorten } from './report/view/shorten.ts';
import type { ReportSource } from './settings/compared-side.ts';
import { quote } from './settings/quote.ts';
import { runInSlices } from './slices.ts';
import { UserError } from './user-error.ts';

/** One image of a recorded report, on one platform. */
export type RecordedImage = {
  readonly entry: ImageReport;
  readonly recorded: Recorded;
  /** Whether the image was built by the run that recorded it: its lines are known then. */
  readonly isBuilt: boolean;
};

/** Which image of a report is meant; `likely` is taken where `platform` does not say and there are several. */
export type ReportChoice = {
  readonly image?: string | undefined;
  readonly platform?: string | undefined;
  readonly likely: string;
};

/** Reads a recorded report, which anyone may have written. Throws UserError: exit 3 for what is none, 2 for what it does not hold. */
export async function openReport(
  source: ReportSource,
  { read, ...choice }: ReportChoice & { readonly read: ReadText },
): Promise<RecordedImage> {
  const report = parseReport(await readReport(source, read));
  if (typeof report === 'string') throw unreadable(source, report);
  const entry = chooseImage(report, source, choice.image);
  const weighed = choosePlatform(entry, source, choice);
  const recorded = await runInSlices(takingRecorded(weighed, entry, report));
  if (typeof recorded === 'string') throw unreadable(source, recorded);
  return { entry, recorded, isBuilt: weighed.build !== undefined };
}

async function readReport(source: ReportSource, read: ReadText): Promise<string> {
  try {
    return await read(source.place, largestReport);
  } catch (cause) {
    throw unreadable(source, `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

/** What is wrong may quote the file. */
function unreadable({ written }: ReportSource, reason: string, cause?: unknown): UserError {
  return new UserError(`${quote(written)} ${escapeTerminal(shorten(reason, 300))}.`, {
    exitCode: 3,
    hint: 'A report to compare with is what `--record FILE` or `--format json` wrote.',
    cause,
  });
}

function chooseImage({ images }: Report, { written }: ReportSource, name: string | undefined): ImageReport {
  const [only] = images;
  if (only === undefined) throw new UserError(`${quote(written)} is a report without any image.`);
  if (name === undefined && images.length === 1) return only;
  const named = images.find((each) => each.name === name);
  if (named !== undefined) return named;
  const has = `It has: ${list(images.map((each) => each.name))}.`;
  if (name === undefined) {
    throw new UserError(`${quote(written)} is a report on ${images.length} images.`, {
      hint: `Name one of them with --image. ${has}`,
    });
  }
  throw new UserError(`${quote(written)} has no image named ${quote(name)}.`, { hint: has });
}

function choosePlatform(entry: ImageReport, source: ReportSource, { platform, likely }: ReportChoice): WeighedPlatform {
  const weighed = entry.platforms.filter(isWeighed);
  const [only, ...others] = weighed;
  const name = `${quote(entry.name)} of ${quote(source.written)}`;
  if (only === undefined) throw new UserError(`${name} was not weighed: there is nothing to compare.`);
  if (platform === undefined && others.length === 0) return only;
  const wanted = formatPlatform(parsePlatform(platform ?? likely));
  const found = weighed.find((each) => each.platform === wanted);
  if (found !== undefined) return found;
  const has = `It has: ${list(weighed.map((each) => each.platform))}.`;
  if (platform !== undefined) throw new UserError(`${name} has no image for ${wanted}.`, { hint: has });
  throw new UserError(`${name} is there for ${weighed.length} platforms.`, {
    hint: `Name one of them with --platform. ${has}`,
  });
}

const mostNames = 20;

function list(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map(quote).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}
