import { escapeMarkdownCode } from '../../escape.ts';
import type { ImageReport, Report } from '../report.ts';
import { describeImage, describeRun } from '../view/describe-image.ts';
import { verdictMark } from './verdict-mark.ts';

/** Verdict, image and both sizes in one line. */
export function imageHeadline(image: ImageReport): string {
  return `${verdictMark(image.verdict)} · ${escapeMarkdownCode(image.name)} · ${describeImage(image)}`;
}

/** The headline over several images, or over none. */
export function runHeadline(report: Report): string {
  return `${verdictMark(report.verdict)} · ${describeRun(report)}`;
}
