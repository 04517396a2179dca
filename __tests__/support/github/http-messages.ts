import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type Json } from './openapi-checks.ts';
import type { Reply } from './replies.ts';

/** A request read to its end. */
export type Sent = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Json | undefined;
};

/** Reads a request; a body that is no JSON is its text. */
export async function readRequest(request: IncomingMessage, base: string): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', base),
    headers: request.headers,
    body: text === '' ? undefined : parse(text),
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Sends a reply as GitHub does. */
export function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const isJson = body !== undefined && (isObject(body) || Array.isArray(body));
  response.writeHead(status, { ...(isJson ? { 'content-type': 'application/json; charset=utf-8' } : {}), ...headers });
  response.end(isJson ? JSON.stringify(body) : undefined);
}
