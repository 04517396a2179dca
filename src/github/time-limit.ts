/** As octokit calls it. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** Reads the whole answer within the limit: octokit takes a body that breaks off for an empty one. */
export function withTimeLimit(fetch: Fetch, milliseconds: number): Fetch {
  return async (url, init) => {
    const signal = AbortSignal.timeout(milliseconds);
    try {
      const response = await fetch(url, { ...init, signal });
      const body = await response.arrayBuffer();
      const { status, headers } = response;
      return new Response(body.byteLength === 0 ? null : body, { status, headers: [...headers] });
    } catch (error) {
      const message = signal.aborted ? `no answer within ${milliseconds / 1000} s` : deepestMessage(error);
      throw new Error(message, { cause: error });
    }
  };
}

/** fetch says "fetch failed" to everything; what failed stands in its cause, for some without a message but with a code. */
function deepestMessage(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('cause' in error && typeof error.cause === 'object' && error.cause !== null) return deepestMessage(error.cause);
  if ('message' in error && typeof error.message === 'string' && error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : 'unknown reason';
}
