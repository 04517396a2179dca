import { count } from './count.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How old something recorded then is now: `12 minutes old`, `3 days old`. Undefined where a time is none or lies ahead. */
export function describeAge(recordedAt: string, now: string): string | undefined {
  const age = Date.parse(now) - Date.parse(recordedAt);
  if (Number.isNaN(age) || age < 0) return undefined;
  if (age < minute) return 'just recorded';
  if (age < hour) return `${count(Math.floor(age / minute), 'minute')} old`;
  return age < 2 * day ? `${count(Math.floor(age / hour), 'hour')} old` : `${count(Math.floor(age / day), 'day')} old`;
}
