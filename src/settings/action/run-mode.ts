import { UserError } from '../../user-error.ts';
import type { RunEvent } from './run-event.ts';

/** What this run does beside judging. */
export type RunMode =
  /** Compares, comments. */
  | { readonly kind: 'pull-request' }
  /** Records the baseline of its branch. */
  | { readonly kind: 'record' }
  /** A merge queue (which compares), a schedule, a tag and everything else: no comment. */
  | { readonly kind: 'judge' };

/** What the event asks for; throws UserError where a stranger's Dockerfile would run with a token that may write. */
export function runMode(event: RunEvent): RunMode {
  if (event.name === 'pull_request_target') throw refusal('pull_request_target');
  if (event.name === 'workflow_run' && event.workflowRun?.isFork !== false) {
    throw refusal('a workflow_run that another repository caused');
  }
  if (event.pullRequest !== undefined) return { kind: 'pull-request' };
  return { kind: event.pushedBranch === undefined ? 'judge' : 'record' };
}

function refusal(event: string): UserError {
  return new UserError(
    `Nothing is built under ${event}: a stranger's Dockerfile would run with a token that may write and with the repository's secrets in reach.`,
    {
      hint: 'Use `on: pull_request`. For pull requests from forks it runs with a token that only reads, and the job summary has the report.',
    },
  );
}
