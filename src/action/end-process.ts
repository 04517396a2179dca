/** Milliseconds that open connections may take to close by themselves. */
const PATIENCE = 200;

/** Everything is said: a connection that a server keeps open must not hold the job. */
export function endProcessSoon(): void {
  setTimeout(() => process.exit(), PATIENCE).unref();
}
