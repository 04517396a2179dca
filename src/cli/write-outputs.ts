import type { Report } from '../report/report.ts';
import type { Format, Output } from '../settings/settings.ts';
import { screen, writeWhole } from './terminal.ts';

/** How much is shown for people to read; JSON has all of it. */
export type Shown = {
  /** Changed paths. */
  readonly paths?: number;
};

/** Every rendering to its place: files whole or not at all, the one for stdout with nothing else beside it. */
export async function writeOutputs(report: Report, outputs: readonly Output[], shown: Shown = {}): Promise<void> {
  for (const output of outputs) await writeOutput(report, output, shown);
}

/** One rendering to a file or to stdout. */
export async function writeOutput(report: Report, { format, file }: Output, shown: Shown = {}): Promise<void> {
  const text = await renderers[format](report, {
    ...screen(file === undefined ? process.stdout : undefined),
    ...shown,
  });
  if (file === undefined) process.stdout.write(text);
  else await writeWhole(file, text);
}

type Place = ReturnType<typeof screen> & Shown;

/** Each format is loaded when it is asked for. */
const renderers: Readonly<Record<Format, (report: Report, place: Place) => Promise<string>>> = {
  text: async (report, place) => (await import('../report/text/render-text.ts')).renderText(report, place),
  json: async (report) => (await import('../report/render-json.ts')).renderJson(report),
  markdown: async (report, { paths }) =>
    (await import('../report/markdown/render-markdown.ts')).renderMarkdown(report, {
      omit: paths === undefined ? {} : { paths },
    }),
  html: async (report, { paths }) => (await import('../report/html/render-html.ts')).renderHtml(report, { paths }),
};
