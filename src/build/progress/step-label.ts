import type { SeenStep } from '../follow-build.ts';

/** `build 3/4 RUN go build`: as BuildKit names the step, without brackets and platform. Not escaped. */
export function stepLabel({ name }: Pick<SeenStep, 'name'>): string {
  const place = /^\[(?:\S*\/\S* )?((?:\S+ +)?\d+\/\d+)\] ([\s\S]*)$/.exec(name);
  const [, where, text] = place ?? [];
  return where === undefined || text === undefined ? name : `${where.replace(/ +/g, ' ')} ${text}`;
}

/** `0.4 s`, `12.3 s`, `2 min 05 s`. */
export function showSeconds(milliseconds: number): string {
  const tenths = Math.round(Math.max(0, milliseconds) / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(tenths / 10);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
