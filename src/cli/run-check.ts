import { baselinePlaces } from '../baseline-places.ts';
import type { Builder } from '../build/build-record.ts';
import type { BuildDisplay } from '../build/progress/show-progress.ts';
import type { IndexedSide } from '../compare/create-side.ts';
import { engineEffects } from '../engine-effects.ts';
import { withTempFolder } from '../exec/temp-folder.ts';
import { gate } from '../gate.ts';
import { type RecordedSides, recordIndexes } from '../record-indexes.ts';
import type { Report } from '../report/report.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { baselineFinder } from './baseline-finder.ts';
import type { TypedOptions } from './check-flags.ts';
import { toCheckFlags } from './check-flags.ts';
import { exitCodes } from './exit-codes.ts';
import { readRunContext } from './run-context.ts';
import { writeOutput, writeOutputs } from './write-outputs.ts';

/** What runs already when settings are read: the question to the builder, and the display of what is built. */
export type Started = { readonly builder: Promise<Builder>; readonly display: BuildDisplay };

/** Everything of `check` behind its start: gives the exit code. A bad call is thrown as UserError, whatever Docker answers. */
export async function runCheck(context: string | undefined, typed: TypedOptions, started: Started): Promise<number> {
  const settings = await readSettings({ context, flags: toCheckFlags(typed), cwd: process.cwd() });
  const sides = new Map<string, IndexedSide>();
  const report = await runGate(settings, started, { useIndex: typed.index !== false, sides });
  await deliver(report, settings, sides);
  return exitCodes[report.verdict];
}

async function runGate(
  settings: Settings,
  { builder, display }: Started,
  { useIndex, sides }: { readonly useIndex: boolean; readonly sides: Map<string, IndexedSide> },
): Promise<Report> {
  const severalEntries = settings.images.length > 1;
  const { env } = process;
  try {
    return await withTempFolder(async (folder) => {
      const engine = { builder, env, folder, display, severalEntries, useIndex };
      const findBaseline = baselineFinder(baselinePlaces(engine));
      const run = readRunContext(env);
      const keepSide = settings.record === undefined ? undefined : sides.set.bind(sides);
      return gate(settings, { ...engineEffects(engine), now: () => new Date(), run, findBaseline, keepSide });
    });
  } finally {
    display.close();
  }
}

/** The recorded baseline first, then what was asked for. */
async function deliver(report: Report, settings: Settings, sides: RecordedSides): Promise<void> {
  if (settings.record !== undefined) await recordBaseline(report, settings.record, sides);
  await writeOutputs(report, settings.outputs);
}

/** A run without an image has nothing to compare with later: an older baseline is worth more than that. */
async function recordBaseline(report: Report, file: string, sides: RecordedSides): Promise<void> {
  const unweighed = report.images.filter((image) => !image.platforms.some((platform) => 'size' in platform));
  if (unweighed.length > 0) {
    const names = unweighed.map((image) => image.name).join(', ');
    process.stderr.write(`stagegate: no baseline was recorded, since ${names} was not weighed.\n`);
    return;
  }
  await writeOutput(await recordIndexes(report, sides), { format: 'json', file });
}
