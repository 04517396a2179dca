import type { GitHubState, Grant, Permission, Run } from './github-state.ts';
import { isObject, type Json } from './openapi-checks.ts';
import { page, type Reply, refusal, tooLong } from './replies.ts';
import {
  runConclusion,
  runEvent,
  runPath,
  wireArtifact,
  wireCaches,
  wireComment,
  wireFile,
  wirePull,
  wireRun,
} from './wire.ts';

export type Call = {
  readonly state: GitHubState;
  readonly grant: Grant;
  readonly path: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly body: Json | undefined;
};

type Route = { readonly needs: Permission; readonly level: 'read' | 'write'; readonly answer: (call: Call) => Reply };

const notFound = refusal(404, 'Not Found');

/** What each operation of the slice does to the state and answers. */
const routes: Readonly<Record<string, Route>> = {
  'issues/list-comments': { needs: 'pull-requests', level: 'read', answer: listComments },
  'issues/create-comment': { needs: 'pull-requests', level: 'write', answer: createComment },
  'issues/get-comment': { needs: 'pull-requests', level: 'read', answer: readComment },
  'issues/update-comment': { needs: 'pull-requests', level: 'write', answer: updateComment },
  'issues/delete-comment': { needs: 'pull-requests', level: 'write', answer: deleteComment },
  'pulls/get': { needs: 'pull-requests', level: 'read', answer: readPull },
  'pulls/list-files': { needs: 'pull-requests', level: 'read', answer: listFiles },
  'actions/get-actions-cache-list': { needs: 'actions', level: 'read', answer: listCaches },
  'actions/list-workflow-runs': { needs: 'actions', level: 'read', answer: listRuns },
  'actions/list-workflow-run-artifacts': { needs: 'actions', level: 'read', answer: listArtifacts },
  'actions/download-artifact': { needs: 'actions', level: 'read', answer: downloadArtifact },
};

/** Answers as GitHub would, its rights and limits included; undefined for an operation that the fake does not have. */
export function answer(operation: string, call: Call): Reply | undefined {
  const route = routes[operation];
  if (route === undefined) return undefined;
  const { owner, name } = call.state.repository;
  if (call.path.owner !== owner || call.path.repo !== name) return notFound;
  const has = call.grant.permissions[route.needs];
  if (has === 'write' || has === route.level) return route.answer(call);
  return refusal(
    403,
    `Resource not accessible by ${call.grant.type === 'Bot' ? 'integration' : 'personal access token'}`,
  );
}

function listComments({ state, path, url }: Call): Reply {
  const pull = state.pulls.get(Number(path.issue_number));
  if (pull === undefined) return notFound;
  const { items, headers = {} } = page(state.commentsOf(pull.number), url);
  return { status: 200, headers, body: items.map((comment) => wireComment(comment, state, url.origin)) };
}

function createComment({ state, grant, path, url, body }: Call): Reply {
  const pull = state.pulls.get(Number(path.issue_number));
  if (pull === undefined) return notFound;
  if (pull.locked === true) return refusal(403, 'Unable to create comment because issue is locked.');
  const text = bodyText(body);
  if (state.isTooLong(text)) return tooLong();
  const comment = wireComment(state.addComment({ pull: pull.number, author: grant, body: text }), state, url.origin);
  return { status: 201, headers: { location: String(comment.url) }, body: comment };
}

function readComment({ state, path, url }: Call): Reply {
  const comment = state.comments.find(({ id }) => id === Number(path.comment_id));
  return comment === undefined ? notFound : { status: 200, body: wireComment(comment, state, url.origin) };
}

function updateComment({ state, path, url, body }: Call): Reply {
  const comment = state.comments.find(({ id }) => id === Number(path.comment_id));
  if (comment === undefined) return notFound;
  const text = bodyText(body);
  if (state.isTooLong(text)) return tooLong();
  comment.body = text;
  return { status: 200, body: wireComment(comment, state, url.origin) };
}

function deleteComment({ state, path }: Call): Reply {
  return state.removeComment(Number(path.comment_id)) ? { status: 204 } : notFound;
}

function readPull({ state, path }: Call): Reply {
  const pull = state.pulls.get(Number(path.pull_number));
  return pull === undefined ? notFound : { status: 200, body: wirePull(pull, state) };
}

function listFiles({ state, path, url }: Call): Reply {
  const pull = state.pulls.get(Number(path.pull_number));
  if (pull === undefined) return notFound;
  const { items, headers = {} } = page(pull.files ?? [], url);
  return { status: 200, headers, body: items.map(wireFile) };
}

function listCaches({ state, url }: Call): Reply {
  const prefix = url.searchParams.get('key') ?? '';
  const ref = url.searchParams.get('ref');
  const found = state.caches.filter((entry) => entry.key.startsWith(prefix) && (ref === null || entry.ref === ref));
  const { items, headers = {} } = page(found, url);
  return { status: 200, headers, body: wireCaches(items, found.length) };
}

function listRuns({ state, path, url }: Call): Reply {
  const asked = (name: string) => url.searchParams.get(name);
  const fits = (run: Run) =>
    (asked('branch') ?? run.branch) === run.branch &&
    (asked('event') ?? runEvent(run)) === runEvent(run) &&
    (asked('status') ?? runConclusion(run)) === runConclusion(run);
  const ofWorkflow = state.runs.filter((run) => runPath(run).split(/[/@]/)[2] === path.workflow_id);
  const found = state.filtersRuns ? ofWorkflow.filter(fits) : ofWorkflow;
  const { items, headers = {} } = page(found, url);
  return { status: 200, headers, body: { total_count: found.length, workflow_runs: items.map(wireRun) } };
}

function listArtifacts({ state, path, url }: Call): Reply {
  const name = url.searchParams.get('name');
  const ofRun = state.artifacts.filter((each) => each.run === Number(path.run_id));
  const found = ofRun.filter((each) => name === null || each.name === name);
  const { items, headers = {} } = page(found, url);
  return { status: 200, headers, body: { total_count: found.length, artifacts: items.map(wireArtifact) } };
}

function downloadArtifact({ state, path }: Call): Reply {
  const artifact = state.artifacts.find(({ id }) => id === Number(path.artifact_id));
  if (artifact === undefined || path.archive_format !== 'zip') return notFound;
  if (artifact.expired === true) return refusal(410, 'Artifact has expired');
  return { status: 302, headers: artifact.address === undefined ? {} : { location: artifact.address } };
}

function bodyText(body: Json | undefined): string {
  return isObject(body) && typeof body.body === 'string' ? body.body : '';
}
