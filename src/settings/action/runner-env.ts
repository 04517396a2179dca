import { z } from 'zod';
import { UserError } from '../../user-error.ts';
import { quote } from '../quote.ts';

const given = z.string().min(1);
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const count = z
  .string()
  .regex(/^[0-9]{1,15}$/)
  .transform(Number);

/** A commit by its hash, SHA-1 or SHA-256. */
export const commitSchema = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

const runnerSchema = z.object({
  GITHUB_EVENT_NAME: given,
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_SERVER_URL: address.default('https://github.com'),
  GITHUB_API_URL: address.default('https://api.github.com'),
  GITHUB_SHA: commitSchema,
  GITHUB_REF: z.string().default(''),
  GITHUB_WORKFLOW: given,
  GITHUB_JOB: given,
  GITHUB_WORKFLOW_REF: given.optional(),
  GITHUB_RUN_ID: count,
  GITHUB_RUN_ATTEMPT: count.default(1),
  GITHUB_ACTOR: given,
});

/** What a runner says of its run in variables; throws UserError outside of GitHub Actions. */
export function readRunnerEnv(env: Readonly<Record<string, string | undefined>>): z.output<typeof runnerSchema> {
  if (env.GITHUB_ACTIONS !== 'true' || !env.GITHUB_EVENT_NAME) throw outsideActions();
  // A variable that is set to nothing is as good as none.
  const parsed = runnerSchema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? '');
  const value = env[name];
  throw new UserError(`The variable ${name} ${value ? `holds ${quote(value)}, which no runner sets` : 'is not set'}.`, {
    hint: 'Variables that begin with GITHUB_ are set by the runner: do not set them in the workflow.',
  });
}

function outsideActions(): UserError {
  return new UserError('This is the entry of the GitHub Action, and no workflow runs it.', {
    hint: 'Outside of GitHub Actions use the command line: stagegate check.',
  });
}
