/** Payloads of events as far as GitHub documents what stands where; both repositories have the ids that it gives them. */
const repository = { id: 1, name: 'app', full_name: 'octo/app', owner: { login: 'octo' }, default_branch: 'main' };

export const commits = {
  base: '1111111111111111111111111111111111111111',
  head: '2222222222222222222222222222222222222222',
  merge: '3333333333333333333333333333333333333333',
} as const;

export type PullRequestFacts = { readonly head?: string; readonly base?: string; readonly isFork?: boolean };

/** A pull request with the number 7 into main. */
export function pullRequestPayload({
  head = commits.head,
  base = commits.base,
  isFork = false,
}: PullRequestFacts = {}) {
  const headRepository = isFork ? { ...repository, id: 2, full_name: 'stranger/app' } : repository;
  return {
    action: 'synchronize',
    number: 7,
    pull_request: {
      number: 7,
      head: { sha: head, ref: 'change', repo: headRepository },
      base: { sha: base, ref: 'main', repo: repository },
    },
    repository,
    sender: { login: 'ada' },
  };
}

/** A push to main. */
export function pushPayload(commit: string = commits.base) {
  return { ref: 'refs/heads/main', before: '0'.repeat(40), after: commit, deleted: false, repository };
}
