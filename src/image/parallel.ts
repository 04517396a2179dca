/** Runs `work` over the items, at most `width` at once; the first failure aborts the others and is thrown when all have stopped. */
export async function inParallel<T>(
  width: number,
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const combined = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const queue = items.values();
  const failures: unknown[] = [];
  const runOne = async (): Promise<void> => {
    for (const item of queue) {
      if (combined.aborted) return;
      await work(item, combined).catch((error: unknown) => {
        failures.push(error);
        failed.abort();
      });
    }
  };
  await Promise.all(Array.from({ length: width }, runOne));
  signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
