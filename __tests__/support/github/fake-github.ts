import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Fault, type Hook, Planted } from './faults.ts';
import { findOperation } from './find-operation.ts';
import { GitHubState, type StateOptions } from './github-state.ts';
import { readRequest, type Sent, send } from './http-messages.ts';
import { type Reply, refusal } from './replies.ts';

export type LoggedRequest = {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | Exclude<Fault['kind'], 'status'>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** A GitHub that remembers, over real HTTP; an operation is named by its id in GitHub's description, or `graphql`. */
export type FakeGitHub = {
  readonly url: string;
  readonly state: GitHubState;
  /** Every request in the order of its answer; the authorization header is left out. */
  readonly log: readonly LoggedRequest[];
  /** Requests and replies outside GitHub's own description. */
  readonly violations: readonly string[];
  readonly fail: (operation: string, fault: Fault, times?: number) => void;
  /** Runs before the request has its effect, or between effect and reply. */
  readonly before: (operation: string, hook: Hook, times?: number) => void;
  readonly after: (operation: string, hook: Hook, times?: number) => void;
  readonly assertClean: () => void;
  readonly close: () => Promise<void>;
};

export type FakeOptions = StateOptions & { readonly host?: string; readonly port?: number };

/** Starts a fake GitHub; whatever lies outside GitHub's OpenAPI description is answered 599 and fails `assertClean`. */
export async function startFakeGitHub(options: FakeOptions): Promise<FakeGitHub> {
  const state = new GitHubState(options);
  const log: LoggedRequest[] = [];
  const violations: string[] = [];
  const faults = new Planted<Fault>();
  const before = new Planted<Hook>();
  const after = new Planted<Hook>();
  const host = options.host ?? '127.0.0.1';
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      violations.push(`the fake itself broke: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  const address = server.address();
  const url = `http://${host}:${typeof address === 'object' ? address?.port : ''}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await readRequest(request, url);
    const found = findOperation(state, sent);
    const problems = found?.checkRequest(sent) ?? [`${sent.method} ${sent.url.pathname} is not in the description`];
    if (found === undefined || problems.length > 0) return refuse(sent, response, found?.id ?? 'unknown', problems);
    await before.take(found.id)?.();
    const fault = faults.take(found.id);
    if (fault !== undefined && breaks(fault)) return breakOff(sent, response, found.id, fault);
    const { violation, ...reply } = fault?.kind === 'status' ? injected(fault) : await found.answer(sent);
    await after.take(found.id)?.();
    if (fault?.kind === 'lost') return breakOff(sent, response, found.id, fault);
    const wrong = violation === undefined ? found.checkReply(reply) : [violation];
    if (wrong.length > 0) return refuse(sent, response, found.id, wrong);
    note(sent, found.id, reply.status);
    send(response, reply);
  }

  function refuse(sent: Sent, response: ServerResponse, operation: string, problems: readonly string[]): void {
    violations.push(...problems.map((problem) => `${operation}: ${problem}`));
    note(sent, operation, 599);
    send(response, refusal(599, problems.join('; ')));
  }

  function breakOff(sent: Sent, response: ServerResponse, operation: string, fault: BrokenOff): void {
    note(sent, operation, fault.kind);
    if (fault.kind === 'hang') return;
    if (fault.kind === 'reset' || fault.kind === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': fault.kind === 'reply' ? fault.contentType : 'application/json' });
    if (fault.kind === 'reply') response.end(fault.body);
    else response.write('[');
  }

  function note({ method, url: asked, headers }: Sent, operation: string, status: LoggedRequest['status']): void {
    const { authorization: _, ...shown } = headers;
    log.push({ operation, method, path: asked.pathname + asked.search, status, headers: shown });
  }

  return {
    url,
    state,
    log,
    violations,
    fail: (operation, fault, times = 1) => faults.plant(operation, fault, times),
    before: (operation, hook, times = 1) => before.plant(operation, hook, times),
    after: (operation, hook, times = 1) => after.plant(operation, hook, times),
    assertClean: () => {
      if (violations.length > 0) throw new Error(`Outside GitHub's description:\n${violations.join('\n')}`);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type StatusFault = Extract<Fault, { kind: 'status' }>;
type BrokenOff = Exclude<Fault, StatusFault>;

/** Whether a fault comes instead of the effect. */
function breaks(fault: Fault): fault is Exclude<BrokenOff, { kind: 'lost' }> {
  return fault.kind !== 'status' && fault.kind !== 'lost';
}

function injected({ status, message, headers }: StatusFault): Reply & { readonly violation?: string } {
  return refusal(status, message ?? `Injected ${status}`, headers);
}
