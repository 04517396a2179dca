import { setOutput } from '@actions/core';
import { publishComment } from '../github/publish-comment.ts';
import { hasChanged } from '../report/has-changed.ts';
import { fitMarkdown } from '../report/markdown/fit-markdown.ts';
import type { Links } from '../report/markdown/links.ts';
import type { RunEvent } from '../settings/action/run-event.ts';
import { isReadOnlyActor } from '../settings/action/run-event.ts';
import { commentKey } from './comment-key.ts';
import type { Judged } from './judge.ts';
import type { Step } from './prepare.ts';
import { say } from './say.ts';

/** A report with what goes around it. */
export type Telling = Judged & { readonly links: Links };

/** What GitHub takes for sure, and what is left where it takes less. */
const limits = [
  { maxCharacters: 60_000, maxBytes: 65_536 },
  { maxCharacters: 15_000, maxBytes: 16_384 },
] as const;

/** Creates the comment of a pull request or brings it up to date; gives the sentences for what went wrong. */
export async function comment({ report, lead, links }: Telling, step: Step): Promise<readonly string[]> {
  const { event, inputs, github } = step;
  if (event.pullRequest === undefined || inputs.comment === 'off') return [];
  if (github === undefined) return ['No comment was made: the input github-token is empty.'];
  const [whole, small] = limits.map((limit) =>
    fitMarkdown(report, { links, lead, summaryUrl: runUrl(event), ...limit }),
  );
  const result = await publishComment(github, {
    repository: event.repository,
    pullRequest: event.pullRequest.number,
    key: commentKey(step),
    bodies: [whole ?? '', small ?? ''],
    run: event.run,
    headCommit: event.pullRequest.headCommit,
    updateOnly: inputs.comment === 'changes' && !hasChanged(report),
  });
  if (result.kind === 'failed') {
    const isRefused = result.status === 403 || result.status === 404;
    return [isRefused && isExpected(event) ? readOnlyToken(event) : result.warning];
  }
  if (result.kind === 'skipped') say(`comment: none, ${result.reason}`);
  else {
    setOutput('comment-id', result.id);
    say(`comment: ${result.kind}, ${result.url}`);
  }
  return [];
}

function isExpected(event: RunEvent): boolean {
  return event.pullRequest?.isFork === true || isReadOnlyActor(event);
}

function readOnlyToken(event: RunEvent): string {
  const whose = event.pullRequest?.isFork ? 'a pull request from a fork' : 'a pull request of Dependabot';
  return `No comment was made: the token of ${whose} only reads. The job summary has the whole report.`;
}

/** Page of the run, where its job summaries are. */
function runUrl({ serverUrl, repository: { owner, name }, run }: RunEvent): string {
  return `${serverUrl}/${owner}/${name}/actions/runs/${run.id}`;
}
