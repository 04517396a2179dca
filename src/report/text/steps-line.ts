import { formatDuration } from '../format-duration.ts';
import type { UnbuiltPlatform, WeighedPlatform } from '../report.ts';
import { count } from '../view/count.ts';

/** How much work the build was, in one line. */
export function stepsLine({ build }: WeighedPlatform | UnbuiltPlatform): string[] {
  if (build === undefined || build.steps.length === 0) return [];
  const cached = build.steps.filter((step) => step.cached).length;
  return [`  Build: ${count(build.steps.length, 'step')}, ${cached} cached, ${formatDuration(build.durationMs)}.`];
}
