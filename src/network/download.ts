import { isLoopback, isRefused } from '../image/registry/addresses.ts';
import type { GuardedFetch } from './guarded-fetch.ts';

export type DownloadLimits = { readonly limitBytes: number; readonly timeLimitMs: number };

/**
 * All bytes behind an address that somebody else gave us, or the rest of a sentence that says why not. Sends no
 * credentials and follows no redirect; without TLS it speaks to this machine alone.
 */
export async function download(
  fetch: GuardedFetch,
  address: string,
  { limitBytes, timeLimitMs }: DownloadLimits,
): Promise<Buffer | string> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !isAllowed(url)) return 'is kept at an address that is refused';
  const signal = AbortSignal.timeout(timeLimitMs);
  try {
    const { status, body } = await fetch(url.href, { method: 'GET', headers: {}, redirect: 'manual', signal });
    if (status !== 200 || body === null) return `was answered with ${status}`;
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of body) {
      bytes += part.length;
      // Leaving the loop closes the connection.
      if (bytes > limitBytes) return `is larger than ${limitBytes} bytes`;
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    return signal.aborted ? `did not come within ${timeLimitMs / 1000} s` : `did not come: ${deepestMessage(error)}`;
  }
}

function isAllowed({ protocol, hostname, username }: URL): boolean {
  if (username !== '' || isRefused(hostname)) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** fetch says "fetch failed" to everything; what failed stands in its cause. */
function deepestMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return deepestMessage(error.cause);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}
