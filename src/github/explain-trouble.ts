import type { Repository } from '../settings/action/run-event.ts';
import type { GitHub } from './connect.ts';
import { type Trouble, troubleOf } from './trouble.ts';

export type Attempt = {
  /** What could not be done, after "Could not". */
  readonly what: string;
  /** As it is written under `permissions:`. */
  readonly permission: string;
  readonly repository: Repository;
};

/** `status` is absent when no answer came, or none of GitHub's. */
export type Failure = { readonly warning: string; readonly status?: number };

/** One sentence: what failed, why, what to do. Rethrows what is not GitHub's trouble but a bug. */
export function explainTrouble({ redact }: GitHub, error: unknown, attempt: Attempt): Failure {
  const trouble = troubleOf(error);
  if (trouble === undefined) throw error;
  // Cut only when the token is out: half of one would not be recognised.
  const message = redact(trouble.message).replace(/\s+/g, ' ').slice(0, 200);
  const warning = `Could not ${attempt.what}: ${reason({ ...trouble, message })}; ${advice(trouble, attempt)}.`;
  return trouble.kind === 'answer' ? { warning, status: trouble.status } : { warning };
}

function reason(trouble: Trouble): string {
  if (trouble.kind === 'no answer') return `GitHub gave ${startsWithNo(trouble.message)}`;
  if (trouble.kind === 'unexpected answer') return trouble.message;
  return `GitHub answered ${trouble.status}${trouble.message === '' ? '' : ` (${trouble.message})`}`;
}

function startsWithNo(message: string): string {
  return message.startsWith('no answer') ? message : `no answer (${message})`;
}

function advice(trouble: Trouble, { permission, repository }: Attempt): string {
  if (trouble.kind === 'unexpected answer') return 'check what stands between the runner and GitHub';
  if (trouble.kind === 'no answer') return "check the runner's network and https://www.githubstatus.com";
  const { status, message, isRateLimit } = trouble;
  if (isRateLimit) return 'too many requests were made with this token, so run the job again later';
  if (/\blocked\b/i.test(message)) return 'unlock the conversation of the pull request';
  if (status === 401) return '`github-token` is missing, wrong or has expired';
  if (status === 403) return `give the job \`${permission}\` under \`permissions:\``;
  if (status === 404)
    return `give the job \`${permission}\` under \`permissions:\`, and \`github-token\` access to ${repository.owner}/${repository.name}`;
  if (status === 410) return 'the conversation was deleted or is turned off in this repository';
  if (status === 422 && /too long/i.test(message)) return 'not even the shortest form of it fits';
  if (status >= 500) return 'see https://www.githubstatus.com and run the job again';
  return `check that the job has \`${permission}\` under \`permissions:\``;
}
