import type { ImageReport, Report } from '../report.ts';
import { inspected } from '../view/inspected.ts';
import { errorLines } from './error-lines.ts';
import { imageHeadline, runHeadline } from './headline.ts';
import { imageLines } from './image-lines.ts';
import { inspectionLines } from './inspection-lines.ts';
import { createPaint } from './paint.ts';
import type { Screen } from './screen.ts';

const narrowest = 40;

/** The report for a terminal of `width` columns: verdict and budgets first. Holds no control characters but our own colours. */
export function renderText(report: Report, options: { readonly color: boolean; readonly width: number }): string {
  const screen = { paint: createPaint(options.color), width: Math.max(narrowest, options.width) };
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
  const [first = [], ...others] = imageLines(image, run, screen).filter((block) => block.length > 0);
  return [[imageHeadline(image, screen), ...first], ...others];
}

function closingLine(report: Report, screen: Screen): string {
  const only = report.images.length === 1 ? report.images[0] : undefined;
  return only === undefined ? runHeadline(report, screen) : imageHeadline(only, screen);
}
