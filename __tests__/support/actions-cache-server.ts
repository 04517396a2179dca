import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An entry as the service keeps it; `version` is the hash of paths and compression that a client sends. */
export type CacheEntry = { ref: string; key: string; version: string; bytes: Buffer; isComplete: boolean };

/** Who asks: the scopes are searched in this order, and the first one is written to. */
export type CacheRun = {
  readonly scopes: readonly [string, ...string[]];
  readonly isReadOnly?: boolean;
  /** BuildKit takes the token too: it wants one with a beginning and an end. */
  readonly isForBuilds?: boolean;
};

/** How the service fails: no answer ever, or this status to each question. */
export type CacheFault = 'hang' | 500 | 403;

const service = '/twirp/github.actions.results.api.v1.CacheService/';

/** GitHub's results service as far as @actions/cache talks to it: Twirp for entries, plain PUT and GET for their bytes. */
export class ActionsCacheServer {
  readonly entries: CacheEntry[] = [];
  /** Methods asked for, in order. */
  readonly asked: string[] = [];
  fault: CacheFault | undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What the runner gives to an action of this run, of the variables that the library reads. */
  environment(run: CacheRun): Record<string, string> {
    return {
      ACTIONS_RESULTS_URL: `${this.#origin}/`,
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RUNTIME_TOKEN: tokenOf(run),
    };
  }

  /** As `GET /repos/{owner}/{repo}/actions/caches?key=…` lists them: every scope, by prefix. */
  list(key: string): { ref: string; key: string }[] {
    return this.entries.filter((entry) => entry.key.startsWith(key)).map(({ ref, key }) => ({ ref, key }));
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#origin);
    const body = await bytesOf(request);
    if (this.fault === 'hang') return;
    if (url.pathname.startsWith(service)) {
      const method = url.pathname.slice(service.length);
      this.asked.push(method);
      if (this.fault !== undefined)
        return void sendJson(response, this.fault, { code: 'internal', msg: 'out of order' });
      const run = runOf(request.headers.authorization ?? '');
      return void sendJson(response, ...this.#ask(method, JSON.parse(body.toString()), run));
    }
    this.#serveBytes(Number(/(\d+)$/.exec(url.pathname)?.[1]), { request, response, body });
  }

  #ask(method: string, question: Question, run: CacheRun): [number, object] {
    if (method === 'GetCacheEntryDownloadURL') return this.#find(question, run);
    if (run.isReadOnly === true) {
      return [200, { ok: false, message: 'cache write denied: the token of this run is read-only' }];
    }
    const [ref] = run.scopes;
    const { key, version } = question;
    const known = this.entries.findIndex((each) => each.ref === ref && each.key === key && each.version === version);
    if (method === 'FinalizeCacheEntryUpload') return this.#finalize(known);
    if (known !== -1) return [409, { code: 'already_exists', msg: 'cache entry with the same key already exists' }];
    this.entries.push({ ref, key, version, bytes: Buffer.alloc(0), isComplete: false });
    return [200, { ok: true, signed_upload_url: this.#urlOf(this.entries.length - 1) }];
  }

  #finalize(index: number): [number, object] {
    const entry = this.entries[index];
    if (entry === undefined) return [404, { code: 'not_found', msg: 'no such entry' }];
    entry.isComplete = true;
    return [200, { ok: true, entry_id: String(index + 1) }];
  }

  /** In each scope: the exact key, then each key as a prefix, newest first. */
  #find({ key, restore_keys = [], version }: Question, { scopes }: CacheRun): [number, object] {
    for (const ref of scopes) {
      const visible = this.entries.filter((each) => each.ref === ref && each.version === version && each.isComplete);
      const exact = visible.findLast((each) => each.key === key);
      const byPrefix = [key, ...restore_keys].flatMap(
        (prefix) => visible.findLast((each) => each.key.startsWith(prefix)) ?? [],
      );
      const found = exact ?? byPrefix[0];
      if (found !== undefined) {
        const url = this.#urlOf(this.entries.indexOf(found));
        return [200, { ok: true, signed_download_url: url, matched_key: found.key }];
      }
    }
    return [200, { ok: false }];
  }

  #serveBytes(index: number, { request, response, body }: Exchange): void {
    const entry = this.entries[index];
    if (entry === undefined) return void response.writeHead(404).end();
    if (request.method === 'PUT') {
      entry.bytes = body;
      return void response.writeHead(201, { etag: '"1"', 'x-ms-request-id': '1' }).end();
    }
    response.writeHead(200, { 'content-length': entry.bytes.length }).end(entry.bytes);
  }

  #urlOf(index: number): string {
    return `${this.#origin}/devstoreaccount1/caches/${index}?sig=signature-${index}`;
  }
}

type Question = { readonly key: string; readonly version: string; readonly restore_keys?: readonly string[] };
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: Buffer };

/** GitHub's own claim for the scopes of a cache token: permission 1 reads, 3 reads and writes. */
function tokenOf({ scopes, isReadOnly = false, isForBuilds = false }: CacheRun): string {
  const access = scopes.map((Scope, at) => ({ Scope, Permission: at === 0 && !isReadOnly ? 3 : 1 }));
  const now = Math.floor(Date.now() / 1000);
  const life = isForBuilds ? { nbf: now - 60, exp: now + 6 * 3600 } : {};
  const payload = { ...life, scp: 'Actions.Results:run:job', ac: JSON.stringify(access) };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(payload)}.`;
}

function runOf(authorization: string): CacheRun {
  const payload = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString());
  const access: { Scope: string; Permission: number }[] = JSON.parse(payload.ac);
  const [own = '', ...others] = access.map((each) => each.Scope);
  return { scopes: [own, ...others], isReadOnly: access[0]?.Permission === 1 };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
