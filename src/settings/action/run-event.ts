import { readEventFacts } from './event-facts.ts';
import { readRunnerEnv } from './runner-env.ts';

/** A repository on the server of the run, `owner/name`. */
export type Repository = { readonly owner: string; readonly name: string };

/** What started this run, from the runner's variables and the event's payload. */
export type RunEvent = {
  /** `pull_request`, `push`, `merge_group` … */
  readonly name: string;
  readonly repository: Repository;
  /** `https://github.com`, no slash at the end. */
  readonly serverUrl: string;
  /** `https://api.github.com`, no slash at the end. */
  readonly apiUrl: string;
  /** GITHUB_SHA: under `pull_request` the merge commit. */
  readonly commit: string;
  /** GITHUB_REF. */
  readonly ref: string;
  readonly workflow: string;
  readonly job: string;
  /** `owner/repo/.github/workflows/x.yml@ref`. */
  readonly workflowRef?: string;
  readonly run: { readonly id: number; readonly attempt: number };
  readonly actor: string;
  readonly pullRequest?: {
    readonly number: number;
    readonly headCommit: string;
    readonly baseCommit: string;
    readonly baseBranch: string;
    /** By the ids of both repositories; true too where that of the head is gone. */
    readonly isFork: boolean;
  };
  readonly mergeGroup?: { readonly baseCommit: string; readonly baseBranch: string };
  /** Push to `refs/heads/…`; absent for tags and deletions. */
  readonly pushedBranch?: string;
  /** `workflow_run`: whether the run that caused it was of another repository. */
  readonly workflowRun?: { readonly isFork: boolean };
};

/** The event of this run; `payload` is the parsed file of GITHUB_EVENT_PATH. Throws UserError outside of GitHub Actions. */
export function readRunEvent(env: Readonly<Record<string, string | undefined>>, payload: unknown): RunEvent {
  const runner = readRunnerEnv(env);
  const [owner = '', name = ''] = runner.GITHUB_REPOSITORY.split('/');
  return {
    name: runner.GITHUB_EVENT_NAME,
    repository: { owner, name },
    serverUrl: runner.GITHUB_SERVER_URL,
    apiUrl: runner.GITHUB_API_URL,
    commit: runner.GITHUB_SHA,
    ref: runner.GITHUB_REF,
    workflow: runner.GITHUB_WORKFLOW,
    job: runner.GITHUB_JOB,
    ...(runner.GITHUB_WORKFLOW_REF === undefined ? {} : { workflowRef: runner.GITHUB_WORKFLOW_REF }),
    run: { id: runner.GITHUB_RUN_ID, attempt: runner.GITHUB_RUN_ATTEMPT },
    actor: runner.GITHUB_ACTOR,
    ...readEventFacts({ name: runner.GITHUB_EVENT_NAME, ref: runner.GITHUB_REF }, payload),
  };
}

/** True for the one actor of the same repository whose token reads only; for the wording alone. */
export function isReadOnlyActor({ actor }: RunEvent): boolean {
  return actor === 'dependabot[bot]';
}
