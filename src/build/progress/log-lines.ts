import type { BuildRecord } from '../build-record.ts';
import { isCancelled } from '../explain-failure.ts';
import type { BuildEvent, SeenStep } from '../follow-build.ts';
import { showSeconds, stepLabel } from './step-label.ts';

/** Milliseconds from which on a step that only moves data (a pull, an export) is worth a line. */
const SLOW = 1000;

/** One line for what a finished step did; nothing for steps that say nothing. Not escaped. */
export function stepLines(build: string, { kind, step }: BuildEvent): readonly string[] {
  if (kind === 'started') return [];
  const label = oneLine(stepLabel(step));
  if (step.error !== undefined && isCancelled(step.error)) return [`[${build}] ⊘ ${label} stopped`];
  if (step.error !== undefined) return [`[${build}] ✘ ${label} (${showSeconds(step.durationMs)})`];
  if (isOwnWork(step) && step.cached) return [`[${build}] ✔ ${label} CACHED`];
  if (!isOwnWork(step) && step.durationMs < SLOW) return [];
  return [`[${build}] ✔ ${label} (${showSeconds(step.durationMs)})`];
}

/** Says that a long step still runs. */
export function waitingLine(build: string, step: SeenStep, elapsedMs: number): string {
  return `[${build}] … ${oneLine(stepLabel(step))} (${showSeconds(elapsedMs)} so far)`;
}

/** The one line that stays of a build. */
export function summaryLine(build: string, { status, durationMs, steps, failure }: BuildRecord): string {
  const instructions = steps.filter((step) => isOwnWork(step) && step.ran);
  const cached = instructions.filter((step) => step.cached).length;
  const counts = `${instructions.length - cached} steps ran, ${cached} cached`;
  if (status === 'built') return `[${build}] ✔ built in ${showSeconds(durationMs)}: ${counts}`;
  return `[${build}] ✘ failed after ${showSeconds(durationMs)}: ${oneLine(failure?.message ?? 'no reason given')}`;
}

/** What the failing step printed, and the hint. */
export function failureLines(build: string, { failure }: BuildRecord): readonly string[] {
  if (failure === undefined) return [];
  const hint = failure.hint === undefined ? [] : [`[${build}]   ${failure.hint}`];
  return [...failure.log.map((line) => `[${build}]   | ${line}`), ...hint];
}

/** An instruction other than FROM. */
export function isOwnWork({ kind, name }: Pick<SeenStep, 'kind' | 'name'>): boolean {
  return kind === 'instruction' && !/^\[[^\]]*\] FROM /.test(name);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
