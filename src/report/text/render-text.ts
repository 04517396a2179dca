import type { ImageReport, Report } from '../report.ts';
import { compared } from '../view/compared.ts';
import { inspected } from '../view/inspected.ts';
import { comparisonHeadline, comparisonLines } from './comparison-lines.ts';
import { errorLines } from './error-lines.ts';
import { imageHeadline, runHeadline } from './headline.ts';
import { imageLines } from './image-lines.ts';
import { inspectionLines } from './inspection-lines.ts';
import { createPaint } from './paint.ts';
import type { Screen } from './screen.ts';

const narrowest = 40;

/** `paths`: how many changed paths are shown of an image. */
export type TextOptions = {
  readonly color: boolean;
  readonly width: number;
  readonly paths?: number | undefined;
};

/** The report for a terminal of `width` columns: verdict and budgets first. Holds no control characters but our own colours. */
export function renderText(report: Report, { color, width, paths }: TextOptions): string {
  const screen = { paint: createPaint(color), width: Math.max(narrowest, width), paths };
  const only = report.images.length === 1 && report.error === undefined ? report.images[0] : undefined;
  const blocks = only === undefined ? severalImages(report, screen) : imageBlocks(only, report, screen);
  // Long output scrolls: a verdict that asks for something stands at the end once more.
  if (report.images.length > 1 || report.verdict !== 'pass') blocks.push([closingLine(report, screen)]);
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function severalImages(report: Report, screen: Screen): string[][] {
  const summary = [
    runHeadline(report, screen),
    ...(report.error === undefined ? [] : errorLines(report.error, screen)),
  ];
  const images = report.images.flatMap((image) => imageBlocks(image, report, screen));
  return [summary, ...images];
}

function imageBlocks(image: ImageReport, { run }: Report, screen: Screen): string[][] {
  const opened = inspected(image);
  if (opened !== undefined) return inspectionLines(image, opened, screen);
  const both = compared(image);
  if (both !== undefined) return comparisonLines(image, both, { run, screen });
  const [first = [], ...others] = imageLines(image, run, screen).filter((block) => block.length > 0);
  return [[imageHeadline(image, screen), ...first], ...others];
}

function closingLine(report: Report, screen: Screen): string {
  const only = report.images.length === 1 ? report.images[0] : undefined;
  if (only === undefined) return runHeadline(report, screen);
  const both = compared(only);
  return both === undefined ? imageHeadline(only, screen) : comparisonHeadline(only, both, screen);
}
