import { type FindBaseline, findNothing } from '../baseline/find-baseline.ts';
import { findInFile } from '../baseline/find-in-file.ts';
import type { Builder } from '../build/build-record.ts';
import type { BuildDisplay } from '../build/progress/show-progress.ts';
import { engineEffects } from '../engine-effects.ts';
import { withTempFolder } from '../exec/temp-folder.ts';
import { gate } from '../gate.ts';
import type { Report, Verdict } from '../report/report.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Format, Output, Settings } from '../settings/settings.ts';
import type { TypedOptions } from './check-flags.ts';
import { toCheckFlags } from './check-flags.ts';
import { readRunContext } from './run-context.ts';
import { screen, writeWhole } from './terminal.ts';

/** What runs already when settings are read: the question to the builder, and the display of what is built. */
export type Started = { readonly builder: Promise<Builder>; readonly display: BuildDisplay };

const exitCodes: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, error: 3 };

/** Everything of `check` behind its start: gives the exit code. A bad call is thrown as UserError, whatever Docker answers. */
export async function runCheck(context: string | undefined, typed: TypedOptions, started: Started): Promise<number> {
  const settings = await readSettings({ context, flags: toCheckFlags(typed), cwd: process.cwd() });
  const report = await runGate(settings, started, typed.index !== false);
  await deliver(report, settings);
  return exitCodes[report.verdict];
}

async function runGate(settings: Settings, { builder, display }: Started, useIndex: boolean): Promise<Report> {
  const severalEntries = settings.images.length > 1;
  const { env } = process;
  const run = readRunContext(env);
  const findBaseline = baselineFinder(settings);
  try {
    return await withTempFolder(async (folder) =>
      gate(settings, engineEffects({ builder, env, folder, display, severalEntries, run, findBaseline, useIndex })),
    );
  } finally {
    display.close();
  }
}

function baselineFinder({ baseline, baselineAsWritten }: Settings): FindBaseline {
  if (baseline !== undefined) return findInFile({ path: baseline, asWritten: baselineAsWritten ?? baseline });
  return findNothing({
    source: 'file',
    reason: 'none was named; `--record FILE` keeps this run as one, `--baseline FILE` compares with it',
  });
}

/** Files first, each whole or not at all; then the one rendering for stdout, with nothing else beside it. */
async function deliver(report: Report, settings: Settings): Promise<void> {
  if (settings.record !== undefined) await recordBaseline(report, settings.record);
  for (const output of settings.outputs) {
    const text = await render(report, output);
    if (output.file === undefined) process.stdout.write(text);
    else await writeWhole(output.file, text);
  }
}

/** A run without an image has nothing to compare with later: an older baseline is worth more than that. */
async function recordBaseline(report: Report, file: string): Promise<void> {
  const unweighed = report.images.filter((image) => !image.platforms.some((platform) => 'size' in platform));
  if (unweighed.length > 0) {
    const names = unweighed.map((image) => image.name).join(', ');
    process.stderr.write(`stagegate: no baseline was recorded, since ${names} was not weighed.\n`);
    return;
  }
  await writeWhole(file, await render(report, { format: 'json', file }));
}

/** Each format is loaded when it is asked for. */
async function render(report: Report, { format, file }: Output): Promise<string> {
  return renderers[format](report, screen(file === undefined ? process.stdout : undefined));
}

const renderers: Readonly<Record<Format, (report: Report, place: ReturnType<typeof screen>) => Promise<string>>> = {
  text: async (report, place) => (await import('../report/text/render-text.ts')).renderText(report, place),
  json: async (report) => (await import('../report/render-json.ts')).renderJson(report),
  markdown: async (report) => (await import('../report/markdown/render-markdown.ts')).renderMarkdown(report),
};
