import { z } from 'zod';
import { UserError } from '../../user-error.ts';
import type { RunEvent } from './run-event.ts';
import { commitSchema } from './runner-env.ts';

/** What the payload of an event adds to the runner's variables. */
export type EventFacts = Pick<RunEvent, 'pullRequest' | 'mergeGroup' | 'pushedBranch' | 'workflowRun'>;

const repository = z.object({ id: z.int() });

const pullRequestSchema = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha: commitSchema, repo: repository.nullable() }),
    base: z.object({ sha: commitSchema, ref: z.string().min(1), repo: repository }),
  }),
});

const pushSchema = z.object({ deleted: z.boolean().default(false) });

const mergeGroupSchema = z.object({ merge_group: z.object({ base_sha: commitSchema, base_ref: z.string().min(1) }) });

const workflowRunSchema = z.object({
  repository,
  workflow_run: z.object({ head_repository: repository.nullable() }),
});

/** Reads only the events that mean something here; throws UserError for a payload that lacks what its event has. */
export function readEventFacts(event: { readonly name: string; readonly ref: string }, payload: unknown): EventFacts {
  switch (event.name) {
    case 'pull_request':
      return pullRequestFacts(validPayload(event.name, pullRequestSchema, payload));
    case 'push':
      return pushFacts(event.ref, validPayload(event.name, pushSchema, payload));
    case 'merge_group':
      return mergeGroupFacts(validPayload(event.name, mergeGroupSchema, payload));
    case 'workflow_run':
      return workflowRunFacts(validPayload(event.name, workflowRunSchema, payload));
    default:
      return {};
  }
}

function pullRequestFacts({ pull_request: { number, head, base } }: z.output<typeof pullRequestSchema>): EventFacts {
  const isFork = head.repo?.id !== base.repo.id;
  return { pullRequest: { number, headCommit: head.sha, baseCommit: base.sha, baseBranch: base.ref, isFork } };
}

function pushFacts(ref: string, { deleted }: z.output<typeof pushSchema>): EventFacts {
  const branch = branchOf(ref);
  return branch === undefined || deleted ? {} : { pushedBranch: branch };
}

function mergeGroupFacts({ merge_group }: z.output<typeof mergeGroupSchema>): EventFacts {
  const { base_sha: baseCommit, base_ref: ref } = merge_group;
  return { mergeGroup: { baseCommit, baseBranch: branchOf(ref) ?? ref } };
}

function workflowRunFacts({ repository, workflow_run }: z.output<typeof workflowRunSchema>): EventFacts {
  return { workflowRun: { isFork: workflow_run.head_repository?.id !== repository.id } };
}

function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1];
}

function validPayload<T extends z.ZodType>(name: string, schema: T, payload: unknown): z.output<T> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new UserError(
    `The payload of the event ${name} is not one that GitHub sends: ${place === '' ? 'it is no object' : `${place} is missing or wrong`}.`,
    { hint: 'The runner names the file in GITHUB_EVENT_PATH: do not set that variable in the workflow.' },
  );
}
