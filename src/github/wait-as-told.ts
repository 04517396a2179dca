import type { GitHub as Octokit } from '@actions/github/lib/utils';

/** A request is sent at most three times in all. */
export const mostRetries = 2;

/** Seconds; whoever asks for more is told that a run does not wait so long. */
const longestWait = 60;

type Plugin = Parameters<typeof Octokit.plugin>[0];
type Headers = Readonly<Record<string, string | number | undefined>>;

/**
 * Marks a request that GitHub turned down for coming too fast, so that the retry plugin sends it again when it is
 * welcome. Such a request had no effect: that also goes for one that creates something. Stands before the retry plugin.
 */
export const waitAsTold: Plugin = (octokit) => {
  octokit.hook.before('request', (options) => {
    options.headers.accept = 'application/vnd.github+json';
    options.headers['x-github-api-version'] = '2022-11-28';
  });
  octokit.hook.error('request', (error) => {
    if ('status' in error && 'response' in error && error.response !== undefined) {
      const seconds = secondsToWait(error.status, error.response.headers, error.message, Date.now());
      if (seconds !== undefined && seconds <= longestWait) {
        error.request.request = { ...error.request.request, retries: mostRetries, retryAfter: seconds };
      }
    }
    throw error;
  });
  return {};
};

/** How long GitHub wants to be left alone; undefined where it complains of something else. */
export function secondsToWait(status: number, headers: Headers, message: string, now: number): number | undefined {
  if (status !== 429 && status !== 403) return undefined;
  const told = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(told)) return Math.max(0, Math.ceil(told));
  if (String(headers['x-ratelimit-remaining']) === '0') {
    return Math.max(0, Math.ceil(Number(headers['x-ratelimit-reset'] ?? 0) - now / 1000)) + 1;
  }
  // Of the secondary limit GitHub's documentation says: without a header, wait at least a minute.
  if (/secondary rate limit/i.test(message)) return longestWait;
  return status === 429 ? 1 : undefined;
}
