import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { FetchResponse } from '../image/registry/effects.ts';
import type { GuardedFetch } from '../network/guarded-fetch.ts';
import type { Answer } from './cache-service.ts';
import { writeZip } from './write-zip.ts';

export type ArtifactServiceOptions = {
  /** The runner's address and token of its results service, which only the steps of an Action get. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: GuardedFetch;
  /** Milliseconds for each request. */
  readonly timeLimitMs?: number;
  /** Milliseconds before a request is tried again, the first time. */
  readonly pauseMs?: number;
};

/** The name that a report has in the archive; whoever reads it does not look at the name. */
const fileName = 'report.json';

/**
 * Leaves a text as an artifact of this run; false when one of that name was there already, since artifacts never change.
 * Never rejects for the service's trouble. These are the three requests of actions/upload-artifact v4: its library would
 * bring a megabyte of code for them, and its newest form is one that act's server does not take.
 */
export async function uploadArtifact(
  name: string,
  text: string,
  options: ArtifactServiceOptions,
): Promise<Answer<boolean>> {
  const { ACTIONS_RESULTS_URL: address = '', ACTIONS_RUNTIME_TOKEN: token = '' } = options.env;
  const run = runIn(token);
  if (!URL.canParse(address) || run === undefined) return { failure: 'could not be left: this runner keeps none' };
  const service = { address, token, run, options };
  const zip = await writeZip(fileName, Buffer.from(text));
  try {
    const created = await ask(service, 'CreateArtifact', { name, version: 4 });
    if (created.status === 409 && created.tries === 1) return { value: false };
    if (created.status === 409) throw new Error('the answer to its creation was lost, and it can be created only once');
    const place = uploadAddress(created);
    await put(service, place, zip);
    const hash = `sha256:${createHash('sha256').update(zip).digest('hex')}`;
    const { status } = await ask(service, 'FinalizeArtifact', { name, size: String(zip.length), hash });
    if (status !== 200) throw new Error(`the service answered ${status}`);
    return { value: true };
  } catch (error) {
    return { failure: `could not be left: ${error instanceof Error ? error.message : String(error)}` };
  }
}

type RunIds = { readonly workflow_run_backend_id: string; readonly workflow_job_run_backend_id: string };
type Service = {
  readonly address: string;
  readonly token: string;
  readonly run: RunIds;
  readonly options: ArtifactServiceOptions;
};
type Asked = { readonly status: number; readonly body: string; readonly tries: number };

/** The token says which run and job it is for: `Actions.Results:RUN:JOB` among its scopes. */
function runIn(token: string): RunIds | undefined {
  const claims = z.object({ scp: z.string() }).safeParse(parse(Buffer.from(token.split('.')[1] ?? '', 'base64url')));
  const [, run, job] = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)(?: |$)/.exec(claims.data?.scp ?? '') ?? [];
  if (run === undefined || job === undefined) return undefined;
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}

function parse(text: Buffer | string): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}

async function ask({ address, token, run, options }: Service, method: string, question: object): Promise<Asked> {
  const url = new URL(`/twirp/github.actions.results.api.v1.ArtifactService/${method}`, address).href;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...run, ...question });
  return withRetries({ method: 'POST', url, headers, body }, options);
}

/** GitHub writes field names as in the protocol, other servers as Protocol Buffers map them to JSON. */
const createdReply = z.object({
  ok: z.literal(true),
  signed_upload_url: z.string().optional(),
  signedUploadUrl: z.string().optional(),
});

function uploadAddress({ status, body }: Asked): URL {
  const reply = status === 200 ? createdReply.safeParse(parse(body)).data : undefined;
  const address = reply?.signed_upload_url ?? reply?.signedUploadUrl;
  if (address === undefined || !URL.canParse(address)) {
    throw new Error(status === 200 ? 'the service gave no place for it' : `the service answered ${status}`);
  }
  return new URL(address);
}

/** Azure's Put Block and Put Block List; the address is its own permission, so our token stays here. */
async function put({ options }: Service, place: URL, bytes: Buffer): Promise<void> {
  const id = Buffer.from('00000000').toString('base64');
  const block = withQuery(place, { comp: 'block', blockid: id });
  const list = withQuery(place, { comp: 'blocklist' });
  const blob = { 'x-ms-version': '2021-12-02' };
  const xml = `<?xml version="1.0" encoding="utf-8"?><BlockList><Latest>${id}</Latest></BlockList>`;
  const headers = { ...blob, 'content-type': 'application/xml', 'x-ms-blob-content-type': 'application/zip' };
  for (const request of [
    { url: block, headers: { ...blob, 'content-type': 'application/octet-stream' }, body: bytes },
    { url: list, headers, body: xml },
  ]) {
    const { status } = await withRetries({ method: 'PUT', ...request }, options);
    if (status !== 201) throw new Error(`its store answered ${status}`);
  }
}

function withQuery(place: URL, query: Readonly<Record<string, string>>): string {
  const url = new URL(place);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

type Sent = {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
};

const mostTries = 3;
const longestReply = 64 * 1024;

/** What fails for the moment is tried again, twice. */
async function withRetries(
  { url, ...sent }: Sent,
  { fetch, timeLimitMs = 30_000, pauseMs = 1000 }: ArtifactServiceOptions,
): Promise<Asked> {
  for (let tries = 1; ; tries += 1) {
    const signal = AbortSignal.timeout(timeLimitMs);
    try {
      const response = await fetch(url, { ...sent, redirect: 'manual', signal });
      const asked = { status: response.status, body: await readReply(response), tries };
      if (tries === mostTries || (asked.status < 500 && asked.status !== 429)) return asked;
    } catch (error) {
      const message = signal.aborted ? `no answer within ${timeLimitMs / 1000} s` : reasonOf(error);
      if (tries === mostTries) throw new Error(message, { cause: error });
    }
    await sleep(pauseMs * tries);
  }
}

async function readReply({ body }: FetchResponse): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > longestReply) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
