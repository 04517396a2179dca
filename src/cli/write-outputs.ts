import type { Report } from '../report/report.ts';
import type { Format, Output } from '../settings/settings.ts';
import { screen, writeWhole } from './terminal.ts';

/** Every rendering to its place: files whole or not at all, the one for stdout with nothing else beside it. */
export async function writeOutputs(report: Report, outputs: readonly Output[]): Promise<void> {
  for (const output of outputs) await writeOutput(report, output);
}

/** One rendering to a file or to stdout. */
export async function writeOutput(report: Report, { format, file }: Output): Promise<void> {
  const text = await renderers[format](report, screen(file === undefined ? process.stdout : undefined));
  if (file === undefined) process.stdout.write(text);
  else await writeWhole(file, text);
}

/** Each format is loaded when it is asked for. */
const renderers: Readonly<Record<Format, (report: Report, place: ReturnType<typeof screen>) => Promise<string>>> = {
  text: async (report, place) => (await import('../report/text/render-text.ts')).renderText(report, place),
  json: async (report) => (await import('../report/render-json.ts')).renderJson(report),
  markdown: async (report) => (await import('../report/markdown/render-markdown.ts')).renderMarkdown(report),
  html: async (report) => (await import('../report/html/render-html.ts')).renderHtml(report),
};
