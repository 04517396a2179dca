import { UserError } from '../../user-error.ts';
import { basicHeader } from './basic-header.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Credentials, FoundCredentials } from './credentials.ts';
import type { RegistryEffects } from './effects.ts';
import type { Transport } from './exchange.ts';
import { loginCommand } from './login-command.ts';
import { askToken } from './token-service.ts';

/** What a registry is called, and where it is asked. */
export type Repository = {
  /** As credentials are kept for it. */
  readonly host: string;
  /** Scheme and host that requests go to. */
  readonly base: URL;
  readonly name: string;
};

type Effects = Pick<RegistryEffects, 'findCredentials'>;

/** Keeps the one `Authorization` header for a repository, and gets another when the registry asks for it. */
export class Authorizer {
  /** Null as long as the registry did not ask. */
  header: string | null = null;
  readonly #repository: Repository;
  readonly #effects: Effects;
  #found: Promise<FoundCredentials> | undefined;
  #renewal: Promise<string> | undefined;

  constructor(repository: Repository, effects: Effects) {
    this.#repository = repository;
    this.#effects = effects;
  }

  /** Answers a 401 to a request that carried `used`. Of several at a time only one asks; exit 3 where there is nothing (more) to offer. */
  async renew(challenge: string | null, used: string | null, transport: Transport): Promise<void> {
    if (this.header !== used) return;
    this.#renewal ??= this.#answer(parseChallenges(challenge ?? ''), transport).finally(() => {
      this.#renewal = undefined;
    });
    const header = await this.#renewal;
    // The same again would be refused again.
    if (header === used) throw await this.refusal(401);
    this.header = header;
  }

  /** Why a 401 or 403 stands, and what to do; says where credentials were looked for, never what they are. */
  async refusal(status: 401 | 403): Promise<UserError> {
    const { host, name } = this.#repository;
    const { credentials, place, trouble } = await this.#find();
    const why = credentials
      ? `the credentials in ${place} are not accepted, or do not reach that far`
      : `no credentials for ${host} were found (${trouble ?? `looked in ${place}`})`;
    return new UserError(`${host} refuses to show ${name} (${status}): ${why}`, {
      exitCode: 3,
      hint: `Log in with \`${loginCommand(host)}\` as somebody who may pull it.`,
    });
  }

  #find(): Promise<FoundCredentials> {
    const { host, base } = this.#repository;
    this.#found ??= this.#effects.findCredentials({ host, scheme: base.protocol === 'https:' ? 'https' : 'http' });
    return this.#found;
  }

  async #answer(challenges: readonly Challenge[], transport: Transport): Promise<string> {
    const { credentials } = await this.#find();
    if (credentials?.kind === 'registry-token') return `Bearer ${credentials.token}`;
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer) return this.#askToken(bearer, credentials, transport);
    if (challenges.some(({ scheme }) => scheme === 'basic') && credentials?.kind === 'basic') {
      return basicHeader(credentials);
    }
    throw await this.refusal(401);
  }

  async #askToken(challenge: Challenge, credentials: Credentials | null, transport: Transport): Promise<string> {
    const { base, name } = this.#repository;
    const request = { challenge, credentials, registry: base, scope: `repository:${name}:pull` };
    const token = await askToken(request, transport);
    if (token === null) throw await this.refusal(401);
    return `Bearer ${token}`;
  }
}
