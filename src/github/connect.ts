import { setTimeout as sleep } from 'node:timers/promises';
import { defaults, getOctokitOptions, GitHub as Octokit } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { withTimeLimit } from './time-limit.ts';
import { mostRetries, waitAsTold } from './wait-as-told.ts';

/** GitHub's API with our limits of time and patience; what it says goes through `redact` before anybody sees it. */
export type GitHub = {
  readonly octokit: InstanceType<typeof Octokit>;
  readonly redact: (text: string) => string;
  readonly wait: (seconds: number) => Promise<unknown>;
};

export type ConnectOptions = {
  /** May be empty: GitHub then answers as it does to anybody. */
  readonly token: string;
  readonly apiUrl: string;
  /** The limit of each request, its answer's last byte included. */
  readonly timeoutMs?: number;
  /** What one second of waiting lasts: a test has no seconds to lose. */
  readonly retryDelayMs?: number;
  /** Whether writes keep the distance of a second that GitHub asks for. */
  readonly isPaced?: boolean;
  readonly log?: (line: string) => void;
};

const Client = Octokit.plugin(waitAsTold, retry, throttling);

/** Opens no connection yet. 5xx, time-outs and broken connections are tried again twice, and 429 after the time that GitHub asks for. */
export function connect(options: ConnectOptions): GitHub {
  const { token, apiUrl, timeoutMs = 30_000, retryDelayMs = 1000, isPaced = true, log = () => {} } = options;
  const redact = (text: string) => (token === '' ? text : text.replaceAll(token, '***'));
  const say = (line: unknown) => log(redact(String(line)));
  const logger = { debug: () => {}, info: () => {}, warn: say, error: say };
  const settings = {
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'stagegate',
    log: logger,
    request: { fetch: withTimeLimit(defaults.request?.fetch ?? fetch, timeoutMs), log: logger },
    // Which statuses are worth another try: 429 is for `waitAsTold`, which knows how long.
    retry: {
      retries: mostRetries,
      doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
      retryAfterBaseValue: retryDelayMs,
    },
    // Keeps writes apart; what to do at a limit is decided in `waitAsTold`, so none is tried again here.
    throttle: { enabled: isPaced, id: crypto.randomUUID(), onRateLimit: giveUp, onSecondaryRateLimit: giveUp },
  };
  return {
    octokit: new Client(token === '' ? settings : getOctokitOptions(token, settings)),
    redact,
    wait: (seconds) => sleep(seconds * retryDelayMs),
  };

  function giveUp(seconds: number, { method, url }: { method: string; url: string }): void {
    say(`GitHub limits the rate of requests: ${method} ${url} could be sent again in ${seconds} s`);
  }
}
