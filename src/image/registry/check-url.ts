import { UserError } from '../../user-error.ts';
import { isLoopback, isRefused } from './addresses.ts';

/** Throws (exit 3) unless this address may be asked: web only, TLS unless it is this machine or asked for, no metadata service. */
export function checkUrl(url: URL, { plainHttp }: { readonly plainHttp: boolean }): void {
  if (isRefused(url.hostname)) throw refusedAddress(url);
  if (url.username !== '' || url.password !== '') throw refused(url, 'a user name stands in it');
  if (url.protocol === 'https:') return;
  if (url.protocol !== 'http:') throw refused(url, `${url.protocol} is no way to reach a registry`);
  if (!plainHttp && !isLoopback(url.hostname)) {
    throw refused(url, 'it is not encrypted', 'If that is meant so, say --plain-http.');
  }
}

/** The address, or what its name was resolved to, is that of a cloud's metadata service. */
export function refusedAddress(url: URL): UserError {
  return refused(url, 'it is the address of a metadata service, or link-local');
}

function refused({ protocol, host }: URL, reason: string, hint?: string): UserError {
  return new UserError(`The address ${protocol}//${host} was refused: ${reason}`, {
    exitCode: 3,
    hint: hint ?? 'Ask whoever runs the registry why it names this address.',
  });
}
