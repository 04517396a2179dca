import { setTimeout as wait } from 'node:timers/promises';
import { dockerCredentials } from '../exec/docker-credentials.ts';
import type { Environment } from '../exec/find-program.ts';
import type { RegistryEffects } from '../image/registry/effects.ts';
import { guardedFetch } from './guarded-fetch.ts';

/** The real world for `openRegistryImage`: the network, the user's Docker login, the clock. Nothing is connected until it is asked. */
export function registryEffects(env: Environment): RegistryEffects {
  return {
    fetch: guardedFetch(env),
    findCredentials: dockerCredentials(env),
    sleep: async (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    now: Date.now,
    random: Math.random,
  };
}
