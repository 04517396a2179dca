import type { GitHubState, Grant } from './github-state.ts';
import { answerGraphql } from './graphql.ts';
import type { Sent } from './http-messages.ts';
import { operations } from './openapi-checks.ts';
import { type Reply, refusal } from './replies.ts';
import { answer } from './routes.ts';

/** What a request asks for, with the checks of GitHub's description. */
export type FoundOperation = {
  readonly id: string;
  readonly checkRequest: (sent: Sent) => readonly string[];
  readonly answer: (sent: Sent) => Promise<Reply & { readonly violation?: string }>;
  readonly checkReply: (reply: Reply) => readonly string[];
};

/** Undefined for what is not in the description. */
export function findOperation(state: GitHubState, { method, url }: Sent): FoundOperation | undefined {
  if (method === 'POST' && url.pathname === '/graphql') return graphqlOperation(state);
  for (const operation of operations) {
    const path = operation.match(method, url.pathname);
    if (path === undefined) continue;
    return {
      id: operation.id,
      checkRequest: (sent) => operation.checkRequest({ ...sent, query: sent.url.searchParams, path }),
      checkReply: ({ status, body }) => operation.checkReply(status, body),
      answer: async (sent) => {
        const grant = grantOf(state, sent);
        if (grant === undefined) return refusal(401, 'Bad credentials');
        return answer(operation.id, { state, grant, path, ...sent }) ?? refusal(501, 'The fake has no such route');
      },
    };
  }
  return undefined;
}

function graphqlOperation(state: GitHubState): FoundOperation {
  return {
    id: 'graphql',
    checkRequest: () => [],
    checkReply: () => [],
    answer: async (sent) => {
      const grant = grantOf(state, sent);
      return grant === undefined ? refusal(401, 'Bad credentials') : answerGraphql(grant, sent.body);
    },
  };
}

function grantOf(state: GitHubState, { headers }: Sent): Grant | undefined {
  return state.tokens.get((headers.authorization ?? '').replace(/^(token|bearer) /i, ''));
}
