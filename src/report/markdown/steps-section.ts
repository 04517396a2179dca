import { escapeMarkdownCodeInTable } from '../../escape.ts';
import { formatDuration } from '../format-duration.ts';
import type { ImageReport, StepReport, UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';
import { keepMost, maxRows } from '../view/keep-most.ts';
import { cellLength, shorten } from '../view/shorten.ts';
import { type Links, lineLink } from './links.ts';
import { platformSuffix, section } from './section.ts';
import { table } from './table.ts';

const columns = [
  { title: 'Time', align: 'right' },
  { title: 'Stage' },
  { title: 'Line', align: 'right' },
  { title: 'Step' },
] as const;

/** The steps of the final build, cached ones marked; of very many the quickest are left out. */
export function stepsSection(
  platform: WeighedPlatform | UnbuiltPlatform,
  image: ImageReport,
  links: Links | undefined,
): string {
  const { build } = platform;
  if (build === undefined || build.steps.length === 0) return '';
  const { kept, left } = keepMost(build.steps, maxRows * 2, weighStep);
  // In the Dockerfile's order: which of two stages began first is a matter of luck, and the comment shall not change by it.
  const inOrder = kept.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));
  const rows = inOrder.map((step) => stepRow(step, image, links));
  if (left.length > 0) rows.push([formatDuration(timeOf(left)), '', '', `… and ${left.length} more`]);
  const cached = build.steps.filter((step) => step.cached).length;
  const summary = `${count(build.steps.length, 'step')}, ${cached} cached, ${formatDuration(build.durationMs)}`;
  return section(`Build steps${platformSuffix(platform, image)}`, summary, table(columns, rows));
}

function weighStep({ error, cached, durationMs }: StepReport): number {
  if (error !== undefined) return Number.POSITIVE_INFINITY;
  return cached ? -1 : durationMs;
}

function stepRow(step: StepReport, { dockerfile }: ImageReport, links: Links | undefined): string[] {
  return [
    timeCell(step),
    step.stage === undefined ? '' : escapeMarkdownCodeInTable(shorten(step.stage, cellLength)),
    lineLink(links, dockerfile, step.line),
    escapeMarkdownCodeInTable(shorten(step.instruction, cellLength)),
  ];
}

function timeCell({ error, cached, durationMs }: StepReport): string {
  if (error !== undefined) return `❌ failed, ${formatDuration(durationMs)}`;
  return cached ? '♻️ cached' : formatDuration(durationMs);
}

function timeOf(steps: readonly StepReport[]): number {
  return steps.reduce((sum, step) => sum + step.durationMs, 0);
}
