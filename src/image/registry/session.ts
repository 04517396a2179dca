import { UserError } from '../../user-error.ts';
import { type Attempts, Passing } from './attempts.ts';
import type { Authorizer, Repository } from './authorizer.ts';
import type { Patience, RegistryEffects } from './effects.ts';
import { readErrorCodes } from './error-codes.ts';
import { type Answer, exchange, type Transport } from './exchange.ts';
import { isPassingStatus, pauseOf } from './passing-status.ts';
import { discard, type Waiting } from './read-body.ts';

/** Everything that questions about one repository have in common. */
export type Session = {
  readonly repository: Repository;
  readonly authorizer: Authorizer;
  readonly effects: RegistryEffects;
  readonly patience: Patience;
  readonly plainHttp: boolean;
};

export type Question = {
  /** Below the repository: `blobs/sha256:…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Statuses that the asker deals with; any other is an error here. */
  readonly accepted: readonly number[];
  readonly attempts: Attempts;
  readonly signal: AbortSignal;
};

/** Asks the registry once, with a new authorization if it wants one; resolves with one of the accepted statuses. */
export async function ask(session: Session, question: Question): Promise<Answer> {
  const { authorizer } = session;
  const transport = transportOf(session, question);
  const url = new URL(`/v2/${session.repository.name}/${question.path}`, session.repository.base);
  const used = authorizer.header;
  const first = await exchange({ url, headers: question.headers, authorization: used }, transport);
  if (!isUnauthorized(first, url)) return checked(first, session, question);
  await discard(first, transport);
  await authorizer.renew(first.response.headers.get('www-authenticate'), used, transport);
  const again = await exchange({ url, headers: question.headers, authorization: authorizer.header }, transport);
  return checked(again, session, question);
}

/** How long this question's answer is waited for. */
export function waitingOf({ effects, patience }: Session, { attempts, signal }: Pick<Question, 'attempts' | 'signal'>) {
  return { stallMs: attempts.stallMs, leastBytes: patience.leastBytes, now: effects.now, signal } satisfies Waiting;
}

function transportOf({ effects, plainHttp }: Session, { attempts, signal }: Question): Transport {
  return { fetch: effects.fetch, plainHttp, stallMs: attempts.stallMs, now: effects.now, signal };
}

/** A 401 of a storage host that the registry redirected to is none of the registry's. */
function isUnauthorized({ response, url }: Answer, asked: URL): boolean {
  return response.status === 401 && url.origin === asked.origin;
}

async function checked(answer: Answer, session: Session, question: Question): Promise<Answer> {
  const { status, headers } = answer.response;
  if (question.accepted.includes(status)) return answer;
  const { host } = answer.url;
  const isOfRegistry = answer.url.origin === session.repository.base.origin;
  const codes = await readErrorCodes(answer, waitingOf(session, question));
  if (isOfRegistry && (status === 401 || status === 403)) throw await session.authorizer.refusal(status);
  const error = unexpected(host, status, codes);
  // The address of a storage host is signed for a short time: the registry gives another one.
  const isPassing = isPassingStatus(status) || (!isOfRegistry && (status === 401 || status === 403));
  throw isPassing ? new Passing(error, pauseOf(headers, session.effects.now())) : error;
}

function unexpected(host: string, status: number, codes: readonly string[]): UserError {
  const said = codes.length === 0 ? '' : `, ${[...new Set(codes)].join(', ')}`;
  if (status === 429) {
    return new UserError(`${host} has had enough questions from here for now (429${said})`, {
      exitCode: 3,
      hint: 'Its rate limit is reached: wait, or log in with `docker login` for a higher one.',
    });
  }
  return new UserError(`${host} answers with status ${status}${said}`, { exitCode: 3, hint: 'Is it a registry?' });
}
