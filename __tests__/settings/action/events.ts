export const merge = 'c'.repeat(40);
export const head = 'a'.repeat(40);
export const base = 'b'.repeat(40);

/** The variables of a runner for an event. */
export function runnerEnv(name: string): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_SHA: merge,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKFLOW: 'CI',
    GITHUB_JOB: 'image',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_ACTOR: 'octocat',
  };
}

/** The payload of `pull_request`, cut to what is read and a little more. */
export function pullRequest(headRepository: unknown = { id: 1 }) {
  return {
    action: 'synchronize',
    number: 7,
    pull_request: {
      number: 7,
      title: 'Lighter image',
      head: { sha: head, ref: 'lighter', repo: headRepository },
      base: { sha: base, ref: 'main', repo: { id: 1, name: 'shop' } },
    },
    repository: { id: 1 },
  };
}
