import { z } from 'zod';
import { type CredentialQuestion, type Credentials, identityTokenUser } from './credentials.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const entry = z.object({ auth: text, username: text, password: text, identitytoken: text, registrytoken: text });

const configSchema = z.object({
  auths: z
    .record(z.string(), entry.nullable())
    .nullish()
    .transform((value) => value ?? {}),
  credsStore: text,
  credHelpers: z
    .record(z.string(), z.string())
    .nullish()
    .transform((value) => value ?? {}),
});

/** What `docker login` left in the client's config.json, as far as it is about credentials. */
export type DockerConfig = z.infer<typeof configSchema>;

/** Reads a config.json; null for what is none. Nothing of its text is quoted anywhere: it holds passwords. */
export function parseDockerConfig(json: string): DockerConfig | null {
  try {
    return configSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** The helper program that keeps the credentials of this registry (its name without `docker-credential-`), and what to ask it for. */
export function credentialHelper(
  { credHelpers, credsStore }: DockerConfig,
  { host }: CredentialQuestion,
): { readonly name: string; readonly server: string } | null {
  const key = Object.keys(credHelpers).find((each) => keysOf(host).includes(each));
  const name = (key === undefined ? undefined : credHelpers[key]) ?? credsStore;
  return name === '' ? null : { name, server: host === hub ? hubServer : host };
}

/** The credentials that stand in the config itself: by exact key first, then by the host of the key, as Docker looks. */
export function storedCredentials({ auths }: DockerConfig, question: CredentialQuestion): Credentials | null {
  const keys = Object.keys(auths);
  const exact = keys.filter((key) => keysOf(question.host).includes(key));
  const byHost = keys.filter((key) => isFor(key, question));
  const found = [...exact, ...byHost].flatMap((key) => readEntry(auths[key] ?? null) ?? []);
  return found[0] ?? null;
}

const hub = 'docker.io';
const hubServer = 'https://index.docker.io/v1/';

/** Docker Hub goes by several names. */
function keysOf(host: string): readonly string[] {
  return host === hub ? [hubServer, 'index.docker.io', hub, 'registry-1.docker.io'] : [host];
}

function isFor(key: string, { host, scheme }: CredentialQuestion): boolean {
  const [, written, name = ''] = /^(?:(https?):\/\/)?([^/]*)/i.exec(key) ?? [];
  if (written !== undefined && written.toLowerCase() !== scheme) return false;
  return keysOf(host).includes(name.toLowerCase());
}

function readEntry(found: z.infer<typeof entry> | null): Credentials | null {
  if (found === null) return null;
  if (headerText.test(found.registrytoken)) return { kind: 'registry-token', token: found.registrytoken };
  if (found.identitytoken !== '') return { kind: 'identity-token', token: found.identitytoken };
  const [username, password] = found.auth === '' ? [found.username, found.password] : decodeAuth(found.auth);
  return credentialsOf(username, password);
}

const headerText = /^[\x21-\x7e]+$/;

/** Base64 of `user:password`; Docker once padded it with NUL bytes. */
function decodeAuth(auth: string): readonly [string, string] {
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? ['', ''] : [decoded.slice(0, colon), decoded.slice(colon + 1).replace(/^\0+|\0+$/g, '')];
}

/** A user's name and secret, or the refresh token that stands in their place; null when there is none. */
export function credentialsOf(username: string, secret: string): Credentials | null {
  if (secret === '') return null;
  if (username === identityTokenUser) return { kind: 'identity-token', token: secret };
  return username === '' ? null : { kind: 'basic', username, password: secret };
}
