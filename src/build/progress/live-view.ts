import type { SeenStep } from '../follow-build.ts';
import { showSeconds, stepLabel } from './step-label.ts';
import { cutToWidth } from './text-width.ts';

/** One build as the live view shows it; times are milliseconds of our own clock. */
export type LiveBuild = {
  readonly name: string;
  readonly startedAt: number;
  /** By vertex, in the order in which they started. */
  readonly running: ReadonlyMap<string, { readonly step: SeenStep; readonly since: number }>;
  readonly done: number;
  readonly cached: number;
};

export type Screen = { readonly columns: number; readonly rows: number; readonly escapeLine: (text: string) => string };

/** Lines of the compact view: one for each build, and one for each step that runs now, longest first, as many as fit. */
export function liveLines(
  builds: readonly LiveBuild[],
  now: number,
  { columns, rows, escapeLine }: Screen,
): readonly string[] {
  const room = Math.max(1, Math.floor((rows - 1) / Math.max(1, builds.length)) - 1);
  return builds
    .flatMap((build) => [headLine(build, now), ...stepRows(build, now, room)])
    .slice(0, Math.max(1, rows - 1))
    .map((line) => cutToWidth(escapeLine(line), Math.max(1, columns - 1)));
}

function headLine({ name, startedAt, done, cached }: LiveBuild, now: number): string {
  return `[${name}] ${showSeconds(now - startedAt)}: ${done} steps done, ${cached} cached`;
}

function stepRows({ running }: LiveBuild, now: number, room: number): readonly string[] {
  const rows = [...running.values()].map(
    ({ step, since }) => `  ${showSeconds(now - since)} ${oneLine(stepLabel(step))}`,
  );
  return rows.length <= room ? rows : [...rows.slice(0, room - 1), `  and ${rows.length - room + 1} more`];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
