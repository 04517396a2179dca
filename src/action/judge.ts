import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { baselinePlaces } from '../baseline-places.ts';
import { showProgress } from '../build/progress/show-progress.ts';
import { redactValues } from '../build/redact.ts';
import type { IndexedSide } from '../compare/create-side.ts';
import { engineEffects } from '../engine-effects.ts';
import { endChildren } from '../exec/children.ts';
import { exitOnInterruption } from '../exec/interruption.ts';
import { probeBuilder } from '../exec/probe-builder.ts';
import { withTempFolder } from '../exec/temp-folder.ts';
import { gate } from '../gate.ts';
import type { RecordedSides } from '../record-indexes.ts';
import { redactReport } from '../report/redact-report.ts';
import type { Report } from '../report/report.ts';
import { inInputWords } from '../settings/action/in-input-words.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { ImageEntry, Settings } from '../settings/settings.ts';
import { UserError } from '../user-error.ts';
import { baselineFinder } from './baseline-finder.ts';
import { errorReport } from './error-report.ts';
import type { Step } from './prepare.ts';
import { type OwnChanges, readOwnChanges } from './read-own-changes.ts';
import { runOf } from './run-of.ts';
import { inGroup, say } from './say.ts';
import { settingsLines } from './settings-lines.ts';

/** A report, and what a reader must know before it. */
export type Judged = OwnChanges & {
  readonly report: Report;
  readonly entries: readonly ImageEntry[];
  /** What is recorded beside the report of a push. */
  readonly sides: RecordedSides;
};

/** Builds, weighs and judges. A mistake in the inputs or in the config file becomes a report that says it. */
export async function judge(step: Step): Promise<Judged> {
  const own = readOwnChanges(step).catch(lostChanges);
  const { report, ...rest } = await judgeReport(step);
  return { report: redactReport(report, redactValues(step.hidden)), ...rest, ...(await own) };
}

/** Whatever it was, it must not end the process under a build. */
function lostChanges(cause: unknown): OwnChanges {
  const why = cause instanceof Error ? cause.message : String(cause);
  return { lead: [], warnings: [`Whether this pull request changes what it is judged by is not known: ${why}`] };
}

async function judgeReport(step: Step): Promise<Pick<Judged, 'report' | 'entries' | 'sides'>> {
  const { env, buildEnv, event, inputs, folder } = step;
  const display = showProgress({
    write: (text) => process.stdout.write(text),
    isTerminal: false,
    size: () => ({ columns: 120, rows: 24 }),
    env,
    now: Date.now,
  });
  exitOnInterruption(() => display.close());
  const over = new AbortController();
  const builder = probeBuilder({ builder: inputs.flags.builder, env: buildEnv, signal: over.signal });
  // Whoever waits for it hears of a refusal; before that it must not end the process.
  builder.catch(() => {});
  const startedAt = new Date().toISOString();
  const run = runOf(event);
  try {
    const settings = await readStepSettings(step);
    await inGroup('Settings', async () => say(...settingsLines(settings, step)));
    const severalEntries = settings.images.length > 1;
    return await withTempFolder(async (temp) => {
      const engine = { builder, env: buildEnv, folder: temp, display, severalEntries, useIndex: true };
      const findBaseline = await baselineFinder(step, baselinePlaces(engine));
      const sides = new Map<string, IndexedSide>();
      const keepSide = event.pushedBranch === undefined ? undefined : sides.set.bind(sides);
      const effects = { ...engineEffects(engine), now: () => new Date(), run, findBaseline, keepSide };
      return { report: await gate(settings, effects), entries: settings.images, sides };
    }, env.RUNNER_TEMP || undefined);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { report: errorReport(inInputWords(error), { startedAt, ...run }), entries: [], sides: new Map() };
  } finally {
    display.close();
    over.abort();
    await endChildren();
    await rm(join(folder, 'secrets'), { recursive: true, force: true });
  }
}

async function readStepSettings({ inputs, event }: Step): Promise<Settings> {
  const cwd = process.cwd();
  // The folder of a checkout is called otherwise on each machine; baselines are found by the image's name.
  const isCheckout = resolve(inputs.context ?? '.') === cwd;
  const flags = isCheckout ? { ...inputs.flags, defaultName: event.repository.name } : inputs.flags;
  return readSettings({ context: inputs.context, flags, cwd });
}
