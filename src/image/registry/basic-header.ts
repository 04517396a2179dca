import type { Credentials } from './credentials.ts';

/** The value of `Authorization` for a name and a password (RFC 7617). */
export function basicHeader({ username, password }: Extract<Credentials, { kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
