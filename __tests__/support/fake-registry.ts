import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FoundCredentials } from '../../src/image/registry/credentials.ts';
import type { Patience, RegistryEffects } from '../../src/image/registry/effects.ts';
import { sha256 } from './image-builder.ts';
import type { Layout } from './image-files.ts';

export type Stored = { readonly contentType: string; readonly bytes: Buffer };

/** One request, answered as the registry would, or as the test's fault wants it. */
export type Exchange = {
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What stands under this path. */
  readonly stored: Stored | undefined;
  /** The answer of a registry in order. */
  readonly serve: () => void;
};

const octets = 'application/octet-stream';

/** The pull half of the distribution-spec over real HTTP on the loopback address, with faults on demand. */
export class FakeRegistry {
  /** By path below `/v2/`. */
  readonly stored = new Map<string, Stored>();
  /** Paths asked for below `/v2/`, in order. */
  readonly asked: string[] = [];
  /** The `Authorization` headers, in the same order; '' for none. */
  readonly authorizations: string[] = [];
  /** Answers instead of the registry. */
  fault: ((exchange: Exchange) => void) | undefined;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Puts an image there, and its manifest under the tag too. */
  push(repository: string, tag: string, { blobs, descriptor }: Pick<Layout, 'blobs' | 'descriptor'>): void {
    for (const [digest, bytes] of blobs) {
      const contentType = typeOf(bytes) ?? octets;
      this.stored.set(`${repository}/blobs/${digest}`, { contentType: octets, bytes });
      this.stored.set(`${repository}/manifests/${digest}`, { contentType, bytes });
      if (digest === descriptor.digest) this.stored.set(`${repository}/manifests/${tag}`, { contentType, bytes });
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://registry');
    const path = pathname.replace('/v2/', '');
    const stored = this.stored.get(path);
    this.asked.push(path);
    this.authorizations.push(request.headers.authorization ?? '');
    const serve = () => serveStored(request, response, stored);
    if (this.fault) this.fault({ path, request, response, stored, serve });
    else serve();
  }
}

function typeOf(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x7b) return undefined;
  const { mediaType, manifests } = JSON.parse(bytes.toString());
  return mediaType ?? (manifests ? 'application/vnd.oci.image.index.v1+json' : undefined);
}

export function serveStored(request: IncomingMessage, response: ServerResponse, stored: Stored | undefined): void {
  if (!stored) {
    refuse(response, 404, 'MANIFEST_UNKNOWN');
    return;
  }
  const { contentType, bytes } = stored;
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const part = bytes.subarray(start);
  response.writeHead(start === 0 ? 200 : 206, {
    'content-type': contentType,
    'content-length': part.length,
    'docker-content-digest': `sha256:${sha256(bytes)}`,
    ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  response.end(part);
}

/** An error as the distribution-spec writes it. */
export function refuse(response: ServerResponse, status: number, code: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ errors: [{ code, message: 'the secret words of the registry' }] }));
}

/** Effects on the real network; pauses are only noted. */
export type FakeEffects = RegistryEffects & { readonly pauses: number[] };

export function fakeEffects(found: Partial<FoundCredentials> = {}): FakeEffects {
  const pauses: number[] = [];
  return {
    fetch: (url, request) => fetch(url, request),
    findCredentials: async () => ({ credentials: null, place: '/home/me/.docker/config.json', ...found }),
    sleep: async (milliseconds) => void pauses.push(milliseconds),
    now: Date.now,
    random: () => 0,
    pauses,
  };
}

/** As the real one, but a stall is noticed at once. */
export const hasty: Patience = { stallMs: 150, leastBytes: 1, retries: 3, lostMs: 120_000, pauseMs: 60_000 };
