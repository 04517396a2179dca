import { escapeTerminal } from '../../escape.ts';
import type { ImageReport, Report } from '../report.ts';
import { describeImage, describeRun } from '../view/describe-image.ts';
import type { Screen } from './screen.ts';
import { verdictBadge } from './verdict-badge.ts';

/** Verdict, image and both sizes in one line. */
export function imageHeadline(image: ImageReport, { paint }: Screen): string {
  return `${verdictBadge(image.verdict, paint)}  ${paint('bold', escapeTerminal(image.name))}  ${describeImage(image)}`;
}

/** The headline over several images, or over none. */
export function runHeadline(report: Report, { paint }: Screen): string {
  return `${verdictBadge(report.verdict, paint)}  ${describeRun(report)}`;
}
