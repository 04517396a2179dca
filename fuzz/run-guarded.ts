import { UserError } from '../src/user-error.ts';
import type { Target } from './target.ts';

/** Runs the input within bounds of time and memory; gives what was broken, null when all promises were kept. */
export async function runGuarded(target: Target, input: Buffer): Promise<Error | null> {
  const started = performance.now();
  const broken = await run(target, input);
  if (broken !== null) return broken;
  // The machine may be busy with something else: only a slow run is measured, and once more.
  if (performance.now() - started < maxMilliseconds) return null;
  const before = process.cpuUsage();
  await run(target, input);
  const milliseconds = process.cpuUsage(before).user / 1000;
  if (milliseconds > maxMilliseconds) return new Error(`it took ${Math.round(milliseconds)} ms of processor time`);
  const { rss } = process.memoryUsage();
  return rss > maxMemory ? new Error(`memory grew to ${Math.round(rss / 1e6)} MB`) : null;
}

async function run(target: Target, input: Buffer): Promise<Error | null> {
  try {
    await target.run(input);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(`what was thrown is no error: ${String(error)}`);
  }
}

/** With counters everywhere the readers take about three times as long as they do otherwise. */
const maxMilliseconds = 3000;
const maxMemory = 1_000_000_000;

/** What came of reading: the result, or the refusal, which must be one that a person can read. Anything else is thrown on. */
export type Outcome<T> = { readonly result: T } | { readonly refusal: string };

export async function attempt<T>(read: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await read() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const length = error.message.length + (error.hint ?? '').length;
    if (length > maxMessage) throw new Error(`a refusal of ${length} characters`);
    return { refusal: error.message };
  }
}

const maxMessage = 3000;
