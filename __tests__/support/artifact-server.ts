import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type KeptArtifact = { name: string; bytes: Buffer; size?: number; hash?: string };
/** A status, no answer at all, or a request that is carried out and whose answer is lost. */
type Fault = number | 'hang' | 'lose';
export type ArtifactStep = 'create' | 'block' | 'blocklist' | 'finalize';

const service = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** GitHub's results service as far as artifacts are left in it, with the store that keeps their bytes in blocks. */
export class ArtifactServer {
  readonly artifacts: KeptArtifact[] = [];
  /** How many requests came with a token. */
  readonly authorized = { service: 0, store: 0 };
  readonly #blocks = new Map<number, Buffer>();
  readonly #faults = new Map<ArtifactStep, { fault: Fault; times: number }>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  environment(): Record<string, string> {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ scp: 'Actions.Other Actions.Results:run-1:job-1' })}.`;
    return { ACTIONS_RESULTS_URL: `${this.#origin}/`, ACTIONS_RUNTIME_TOKEN: token };
  }

  fail(step: ArtifactStep, fault: Fault, times: number): void {
    this.#faults.set(step, { fault, times });
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#origin);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    const isService = url.pathname.startsWith(service);
    if (request.headers.authorization !== undefined) this.authorized[isService ? 'service' : 'store'] += 1;
    const fault = this.#fault(stepOf(url));
    if (fault === 'hang') return;
    if (fault === 'lose') {
      this.#ask(url.pathname.slice(service.length), JSON.parse(body.toString()));
      return void response.destroy();
    }
    if (fault !== undefined) return void response.writeHead(fault).end('{"code":"unavailable"}');
    if (!isService) return void this.#store(url, body, response);
    const reply = this.#ask(url.pathname.slice(service.length), JSON.parse(body.toString()));
    response.writeHead(reply === undefined ? 409 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? { code: 'already_exists' }));
  }

  #ask(method: string, question: Readonly<Record<string, string>>): object | undefined {
    if (question.workflow_run_backend_id !== 'run-1' || question.workflow_job_run_backend_id !== 'job-1') {
      return { ok: false };
    }
    const known = this.artifacts.find(({ name }) => name === question.name);
    if (method === 'CreateArtifact') {
      if (known !== undefined) return undefined;
      this.artifacts.push({ name: question.name ?? '', bytes: Buffer.alloc(0) });
      return { ok: true, signed_upload_url: `${this.#origin}/store/${this.artifacts.length - 1}?sig=a%2Bb` };
    }
    if (known !== undefined) {
      known.size = Number(question.size);
      known.hash = question.hash ?? '';
    }
    return { ok: known !== undefined, artifact_id: '1' };
  }

  /** A blob is the blocks that its list names, and nothing before that. */
  #store(url: URL, body: Buffer, response: ServerResponse): void {
    const index = Number(/(\d+)$/.exec(url.pathname)?.[1]);
    const artifact = this.artifacts[index];
    if (artifact === undefined || url.searchParams.get('sig') !== 'a+b') return void response.writeHead(403).end();
    if (url.searchParams.get('comp') === 'block') this.#blocks.set(index, body);
    else if (/<Latest>MDAwMDAwMDA=<\/Latest>/.test(body.toString())) {
      artifact.bytes = this.#blocks.get(index) ?? Buffer.alloc(0);
    }
    response.writeHead(201).end();
  }

  #fault(step: ArtifactStep | undefined): Fault | undefined {
    const planted = step && this.#faults.get(step);
    if (planted === undefined || planted.times === 0) return undefined;
    planted.times -= 1;
    return planted.fault;
  }
}

function stepOf({ pathname, searchParams }: URL): ArtifactStep | undefined {
  if (pathname.endsWith('/CreateArtifact')) return 'create';
  if (pathname.endsWith('/FinalizeArtifact')) return 'finalize';
  const comp = searchParams.get('comp');
  return comp === 'block' || comp === 'blocklist' ? comp : undefined;
}
