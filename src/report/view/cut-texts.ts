import { type Report, reportSchema } from '../report.ts';

/** The same report with every text cut to `length` UTF-16 units; not below 40, where words of the schema would break. */
export function cutTexts(report: Report, length: number): Report {
  return reportSchema.parse(cutWithin(report, length));
}

/** The text cut to `length` UTF-16 units, `…` where something is missing; no character is cut in half. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function cutWithin(value: unknown, length: number): unknown {
  if (typeof value === 'string') return cutText(value, length);
  if (Array.isArray(value)) return value.map((one) => cutWithin(one, length));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cutWithin(one, length)]));
}
