import { setTimeout as wait } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { dockerCredentials } from '../exec/docker-credentials.ts';
import type { Environment } from '../exec/find-program.ts';
import type { Fetch, RegistryEffects } from '../image/registry/effects.ts';
import { chooseProxy } from './choose-proxy.ts';
import { guardedLookup } from './guarded-lookup.ts';

/** The real world for `openRegistryImage`: the network, the user's Docker login, the clock. Nothing is connected until it is asked. */
export function registryEffects(env: Environment): RegistryEffects {
  let connected: Promise<Fetch> | undefined;
  return {
    fetch: async (url, request) => {
      connected ??= connect(env);
      return (await connected)(url, request);
    },
    findCredentials: dockerCredentials(env),
    sleep: async (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    now: Date.now,
    random: Math.random,
  };
}

/** undici is Node's own fetch; only as a package does it let us see the address that a name was resolved to, and use a proxy. */
async function connect(env: Environment): Promise<Fetch> {
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
