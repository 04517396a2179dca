import type { StageReport } from '../report.ts';

/** A stage's name, or `stage 2` as BuildKit counts them where it has none. */
export function stageName({ name, index }: Pick<StageReport, 'name' | 'index'>): string {
  return name ?? `stage ${index}`;
}
