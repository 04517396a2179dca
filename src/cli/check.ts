import { showProgress } from '../build/progress/show-progress.ts';
import { endChildren } from '../exec/children.ts';
import { exitOnInterruption } from '../exec/interruption.ts';
import { probeBuilder } from '../exec/probe-builder.ts';
import type { TypedOptions } from './check-flags.ts';

/** `stagegate check`: gives the exit code of the contract; bad calls are thrown as UserError. */
export async function check(context: string | undefined, typed: TypedOptions): Promise<number> {
  const { env, stderr } = process;
  const display = showProgress({
    write: (text) => stderr.write(text),
    isTerminal: stderr.isTTY === true,
    size: () => ({ columns: stderr.columns ?? 80, rows: stderr.rows ?? 24 }),
    env,
    now: Date.now,
  });
  exitOnInterruption(() => display.close());
  const over = new AbortController();
  const builder = probeBuilder({ builder: typed.builder, env, signal: over.signal });
  // Whoever waits for it hears of a refusal; before that it must not end the process.
  builder.catch(() => {});
  try {
    // Docker takes longest to answer, and the first build waits for it: the rest is loaded and read meanwhile.
    const { runCheck } = await import('./run-check.ts');
    return await runCheck(context, typed, { builder, display });
  } finally {
    display.close();
    // A bad call, or a Dockerfile that is refused, ends without Docker's answer.
    over.abort();
    await endChildren();
  }
}
