type Failing = NodeJS.ErrnoException;
type Stream = { readonly on: (event: 'error', listener: (error: Failing) => void) => unknown };

/**
 * What becomes of a run that can no longer write. A reader that left (`stagegate … | head`) has seen enough: the rest is
 * lost without a word, and the run goes on to its verdict, its files and its exit code. A result that is lost otherwise,
 * on a full disk for one, is told to `onLost`. Nobody can be told that standard error is gone.
 */
export function watchStandardStreams(
  { stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream },
  onLost: (error: Failing) => void,
): void {
  stdout.on('error', (error) => {
    if (!isClosed(error)) onLost(error);
  });
  stderr.on('error', () => {});
}

function isClosed({ code }: Failing): boolean {
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
