import type { Dispatcher } from 'undici';
import type { Environment } from '../exec/find-program.ts';
import type { FetchResponse } from '../image/registry/effects.ts';
import { chooseProxy } from './choose-proxy.ts';
import { guardedLookup } from './guarded-lookup.ts';

/** `fetch` as our clients need it: no redirect is followed, since credentials must not travel along. */
export type GuardedFetch = (url: string, request: GuardedRequest) => Promise<FetchResponse>;

export type GuardedRequest = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
};

/** A `fetch` that goes through the environment's proxy and to no metadata service. Nothing is connected until it is asked. */
export function guardedFetch(env: Environment): GuardedFetch {
  let connected: Promise<GuardedFetch> | undefined;
  return async (url, request) => {
    connected ??= connect(env);
    return (await connected)(url, request);
  };
}

/** undici is Node's own fetch; only as a package does it let us see the address that a name was resolved to, and use a proxy. */
async function connect(env: Environment): Promise<GuardedFetch> {
  // The default export: of a CommonJS package, the bundle's chunk has no other.
  const { Agent, fetch, ProxyAgent } = (await import('undici')).default;
  // Time limits are the caller's.
  const limits = { headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: 32 * 1024 };
  const direct = new Agent({ ...limits, connect: { lookup: guardedLookup, timeout: 0 } });
  const proxies = new Map<string, Dispatcher>();
  const dispatcherFor = (url: URL): Dispatcher => {
    const proxy = chooseProxy(url, env);
    if (proxy === null) return direct;
    const known = proxies.get(proxy) ?? new ProxyAgent({ ...limits, uri: proxy });
    proxies.set(proxy, known);
    return known;
  };
  return (url, request) => fetch(url, { ...request, dispatcher: dispatcherFor(new URL(url)) });
}
