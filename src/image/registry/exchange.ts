import { UserError } from '../../user-error.ts';
import { version } from '../../version.ts';
import { checkUrl } from './check-url.ts';
import type { Fetch, FetchResponse, RegistryEffects } from './effects.ts';
import { explainFailure, stalled } from './explain-failure.ts';
import { discard } from './read-body.ts';
import { within } from './within.ts';

/** One question to a server. The authorization is for the URL's origin alone, and lost on the way to another. */
export type Order = {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorization: string | null;
  /** A form to POST; it holds credentials, and so is never sent on to where a redirect points. */
  readonly form?: URLSearchParams;
};

export type Transport = {
  readonly fetch: Fetch;
  /** Whether hosts other than this machine may be spoken to without TLS. */
  readonly plainHttp: boolean;
  readonly stallMs: number;
  readonly now: RegistryEffects['now'];
  readonly signal: AbortSignal;
};

/** What came back, at the end of all redirects. */
export type Answer = {
  readonly response: FetchResponse;
  readonly url: URL;
  /** Ends the transfer; to be called whenever the body was not read to its end. */
  readonly close: () => void;
};

/** Sends one question and follows redirects by hand: five at most, never from https to http, each address checked. */
export async function exchange(order: Order, transport: Transport): Promise<Answer> {
  let { url, authorization } = order;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await ask({ ...order, url, authorization }, transport);
    const next = order.form ? null : redirectOf(answer);
    if (next === null) return answer;
    await discard(answer, transport);
    if (redirects === maxRedirects) throw refusedRedirect(url, `it redirects more than ${maxRedirects} times`);
    if (url.protocol === 'https:' && next.protocol === 'http:') {
      throw refusedRedirect(url, `it redirects from https to http (${next.host})`);
    }
    if (next.origin !== url.origin) authorization = null;
    url = next;
  }
}

const maxRedirects = 5;

async function ask({ url, headers, authorization, form }: Order, transport: Transport): Promise<Answer> {
  const { fetch, plainHttp, stallMs, signal } = transport;
  checkUrl(url, { plainHttp });
  const stop = new AbortController();
  const close = () => stop.abort();
  const request = fetch(url.href, {
    method: form ? 'POST' : 'GET',
    headers: {
      // Bytes as they are stored: what a server compresses on the way has another digest.
      'accept-encoding': 'identity',
      'user-agent': `stagegate/${version}`,
      ...headers,
      ...(authorization === null ? {} : { authorization }),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(form ? { body: form.toString() } : {}),
    redirect: 'manual',
    signal: AbortSignal.any([signal, stop.signal]),
  });
  try {
    const response = await within(stallMs, request, () => stalled(url, stallMs));
    return { response, url, close };
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw explainFailure(error, url);
  }
}

function redirectOf({ response, url }: Answer): URL | null {
  const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : null;
  if (location === null) return null;
  if (!URL.canParse(location, url.href)) throw refusedRedirect(url, 'it redirects to something that is no address');
  return new URL(location, url);
}

function refusedRedirect({ host }: URL, reason: string): UserError {
  return new UserError(`The redirect of ${host} was not followed: ${reason}`, {
    exitCode: 3,
    hint: 'Ask whoever runs the registry.',
  });
}
