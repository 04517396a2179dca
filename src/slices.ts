/** Long work that says, now and then, that others could go first. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does the work in one go. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does the work in slices of about `sliceMs`, timers and streams between them: a progress display stays alive. */
export async function runInSlices<T>(steps: Steps<T>, sliceMs = 8): Promise<T> {
  let end = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() < end) continue;
    await new Promise((resolve) => setImmediate(resolve));
    end = performance.now() + sliceMs;
  }
}
