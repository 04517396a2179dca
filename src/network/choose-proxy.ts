import type { Environment } from '../exec/find-program.ts';
import { isLoopback } from '../image/registry/addresses.ts';

/** The proxy that the environment names for this address, as curl and Docker read it (HTTPS_PROXY, HTTP_PROXY, NO_PROXY); null for none. */
export function chooseProxy({ protocol, hostname, port }: URL, env: Environment): string | null {
  if (isLoopback(hostname)) return null;
  const name = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const proxy = (env[name] ?? env[name.toUpperCase()] ?? '').trim();
  if (proxy === '') return null;
  const exceptions = (env.no_proxy ?? env.NO_PROXY ?? '').split(/[\s,]+/).filter((each) => each !== '');
  const actualPort = port || (protocol === 'https:' ? '443' : '80');
  if (exceptions.some((each) => isExcepted(each.toLowerCase(), hostname, actualPort))) return null;
  const address = /^[a-z]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(address) ? address : null;
}

/** `example.com` and `.example.com` stand for the subdomains too; a port narrows it. */
function isExcepted(exception: string, hostname: string, port: string): boolean {
  if (exception === '*') return true;
  const [, host = '', wantedPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (host === '' || (wantedPort !== undefined && wantedPort !== port)) return false;
  return hostname === host || hostname.endsWith(`.${host}`);
}
