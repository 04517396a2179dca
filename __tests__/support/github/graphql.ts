import { buildSchema, type GraphQLSchema, graphql } from 'graphql';
import type { Grant } from './github-state.ts';
import { isObject, type Json } from './openapi-checks.ts';
import { type Reply, refusal } from './replies.ts';

let schema: GraphQLSchema | undefined;

/** Executes a query on GitHub's own schema; only `viewer` knows an answer. A query outside the schema is a violation. */
export async function answerGraphql(grant: Grant, body: Json | undefined): Promise<Reply & { violation?: string }> {
  if (!isObject(body) || typeof body.query !== 'string') return { status: 400, violation: 'graphql without a query' };
  if (grant.viewer === null) return refusal(403, 'Resource not accessible by integration');
  schema ??= await loadSchema();
  const rootValue = { viewer: { login: grant.viewer ?? grant.login } };
  const result = await graphql({ schema, source: body.query, rootValue });
  const reply: Reply = { status: 200, body: JSON.parse(JSON.stringify(result)) };
  const [error] = result.errors ?? [];
  return error === undefined ? reply : { ...reply, violation: `graphql: ${error.message}` };
}

/** Late, for it takes a second; as GitHub publishes the description, it declares two fields twice. */
async function loadSchema(): Promise<GraphQLSchema> {
  const { schema: description } = await import('@octokit/graphql-schema');
  return buildSchema(description.idl, { assumeValid: true, assumeValidSDL: true });
}
