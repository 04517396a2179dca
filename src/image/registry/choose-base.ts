import { isLoopback } from './addresses.ts';
import type { Patience, RegistryEffects } from './effects.ts';
import { isCertificateFailure, stalled } from './explain-failure.ts';
import { within } from './within.ts';

export type BaseRequest = {
  /** `docker.io`, `localhost:5000`. */
  readonly host: string;
  readonly plainHttp: boolean;
  readonly effects: Pick<RegistryEffects, 'fetch'>;
  readonly patience: Patience;
  readonly signal: AbortSignal;
};

/** Where a registry is asked: over TLS, unless plain HTTP was asked for, or it is on this machine and does not know TLS. */
export async function chooseBase(request: BaseRequest): Promise<URL> {
  const host = request.host === 'docker.io' ? 'registry-1.docker.io' : request.host;
  const [tls, plain] = [new URL(`https://${host}`), new URL(`http://${host}`)];
  if (request.plainHttp) return plain;
  return isLoopback(tls.hostname) && !(await speaksTls(tls, request)) ? plain : tls;
}

/** A certificate that is not trusted is TLS all the same: going on without would be what an attacker wants. */
async function speaksTls(base: URL, { effects, patience, signal }: BaseRequest): Promise<boolean> {
  const stop = new AbortController();
  const limit = Math.min(patience.stallMs, 5000);
  const either = AbortSignal.any([signal, stop.signal]);
  const request = { method: 'GET', headers: {}, redirect: 'manual', signal: either } as const;
  try {
    await within(limit, effects.fetch(new URL('/v2/', base).href, request), () => stalled(base, limit));
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return isCertificateFailure(error);
  } finally {
    stop.abort();
  }
}
