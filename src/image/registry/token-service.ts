import { z } from 'zod';
import { UserError } from '../../user-error.ts';
import { isLoopback } from './addresses.ts';
import { Passing } from './attempts.ts';
import { basicHeader } from './basic-header.ts';
import type { Challenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { type Answer, exchange, type Order, type Transport } from './exchange.ts';
import { isPassingStatus, pauseOf } from './passing-status.ts';
import { discard, readWhole } from './read-body.ts';

export type TokenRequest = {
  /** A `Bearer` one. */
  readonly challenge: Challenge;
  /** Null to ask anonymously. */
  readonly credentials: Credentials | null;
  readonly registry: URL;
  /** What is asked for where the challenge does not say it. */
  readonly scope: string;
};

/** Asks the token service that a challenge names for a bearer token; null when it refuses the credentials. */
export async function askToken(request: TokenRequest, transport: Transport): Promise<string | null> {
  const realm = realmOf(request);
  const answer = await exchange(orderOf(request, realm), transport);
  const { status, headers } = answer.response;
  const { host } = answer.url;
  if (status === 200) return readToken(answer, transport);
  await discard(answer, transport);
  if (status === 400 || status === 401 || status === 403) return null;
  const error = new UserError(`The token service ${host} answers with status ${status}`, {
    exitCode: 3,
    hint: 'Try again later.',
  });
  throw isPassingStatus(status) ? new Passing(error, pauseOf(headers, transport.now())) : error;
}

/** A realm on another host gets the credentials too, as in Docker: the registry vouches for it. But never in the open. */
function realmOf({ challenge, registry }: TokenRequest): URL {
  const text = challenge.parameters.get('realm') ?? '';
  if (!URL.canParse(text)) throw badRealm(registry, 'has no address in it');
  const realm = new URL(text);
  const isSafe = realm.protocol === 'https:' || isLoopback(realm.hostname) || realm.origin === registry.origin;
  if (!isSafe) throw badRealm(registry, `is not encrypted (${realm.protocol}//${realm.host})`);
  return realm;
}

function badRealm({ host }: URL, reason: string): UserError {
  return new UserError(`${host} names a token service whose address ${reason}`, {
    exitCode: 3,
    hint: 'Ask whoever runs the registry.',
  });
}

/** A name and password by GET (distribution, "token authentication"), a refresh token by POST ("OAuth2"). */
function orderOf({ challenge, credentials, scope }: TokenRequest, realm: URL): Order {
  const question = {
    service: challenge.parameters.get('service') ?? '',
    scope: challenge.parameters.get('scope') ?? scope,
  };
  if (credentials?.kind === 'identity-token') {
    const grant = { grant_type: 'refresh_token', refresh_token: credentials.token, client_id: 'stagegate' };
    return { url: realm, authorization: null, form: new URLSearchParams({ ...grant, ...question }) };
  }
  const url = new URL(realm);
  for (const [name, value] of Object.entries(question)) if (value !== '') url.searchParams.set(name, value);
  return { url, authorization: credentials?.kind === 'basic' ? basicHeader(credentials) : null };
}

const maxTokenBytes = 1024 * 1024;
const tokenText = z.string().regex(/^[\x21-\x7e]+$/);
const tokenSchema = z.union([
  z.object({ token: tokenText }).transform(({ token }) => token),
  z.object({ access_token: tokenText }).transform(({ access_token }) => access_token),
]);

async function readToken(answer: Answer, transport: Transport): Promise<string> {
  const bytes = await readWhole(answer, maxTokenBytes, transport);
  const token = tokenSchema.safeParse(parseJson(bytes));
  if (token.success) return token.data;
  throw new UserError(`The token service ${answer.url.host} answers without a token`, {
    exitCode: 3,
    hint: 'Ask whoever runs the registry.',
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
