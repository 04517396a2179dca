import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from './engine.ts';
import { actionNode } from './runner.ts';

const run = promisify(execFile);

/** The registry servers that `scripts/registry up` has started: `127.0.0.1:PORT`. */
export type Registries = {
  readonly open: string;
  readonly locked: string;
  readonly user: string;
  readonly password: string;
};

export async function registries(): Promise<Registries> {
  const names = ['OPEN_REGISTRY', 'LOCKED_REGISTRY', 'LOCKED_USER', 'LOCKED_PASSWORD'];
  const values = names.map((name) => `"$STAGEGATE_${name}"`).join(' ');
  const script = `eval "$(scripts/registry env)" && printf '%s\\n' ${values}`;
  const { stdout } = await run('bash', ['-c', script], { cwd: repository });
  const [open = '', locked = '', user = '', password = ''] = stdout.split('\n');
  return { open, locked, user, password };
}

/** What `read-registry-image.ts` prints. */
export type ReadImage = {
  readonly digest?: string;
  readonly layers?: readonly {
    readonly digest: string;
    readonly mediaType: string;
    readonly downloadBytes: number | null;
    readonly unpackedBytes: number;
    readonly paths: readonly string[];
  }[];
  readonly error?: { readonly message: string; readonly hint?: string; readonly exitCode: number };
};

/** Reads an image in a process of its own, with the Node.js that actions run on: only that knows zstd for sure. */
export async function readRegistryImage(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ReadImage> {
  const program = join(import.meta.dirname, 'read-registry-image.ts');
  const { stdout } = await run(await actionNode(), ['--no-warnings', program, ...args], {
    env: { PATH: process.env.PATH, HOME: '/nowhere', ...env },
  });
  return JSON.parse(stdout);
}

type Place = { readonly url: string; readonly authorization?: string };

/** Copies a single-platform image from one registry to another, as the distribution-spec has it. */
export async function copyImage(from: Place, to: Place, digest: string, tag: string): Promise<void> {
  const manifest = await ask(from, `manifests/${digest}`);
  const { config, layers } = JSON.parse(manifest.bytes.toString());
  for (const blob of [config, ...layers]) await upload(to, (await ask(from, `blobs/${blob.digest}`)).bytes);
  await send(`${to.url}/manifests/${tag}`, to, { method: 'PUT', type: manifest.type, body: manifest.bytes });
}

/** A document or blob as the registry has it. */
export async function ask({ url, authorization = '' }: Place, path: string): Promise<{ type: string; bytes: Buffer }> {
  const accept = ['index', 'manifest'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ');
  const response = await fetch(`${url}/${path}`, { headers: { accept, ...(authorization ? { authorization } : {}) } });
  if (!response.ok) throw new Error(`${url}/${path}: ${response.status}`);
  return { type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) };
}

async function upload(to: Place, bytes: Buffer): Promise<void> {
  const started = await send(`${to.url}/blobs/uploads/`, to, { method: 'POST' });
  const location = new URL(started.headers.get('location') ?? '', to.url);
  location.searchParams.set('digest', `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  await send(location.href, to, { method: 'PUT', type: 'application/octet-stream', body: bytes });
}

type Message = { readonly method: 'POST' | 'PUT'; readonly type?: string; readonly body?: Buffer };

async function send(url: string, { authorization = '' }: Place, { method, type, body }: Message): Promise<Response> {
  const headers = { authorization, ...(type ? { 'content-type': type } : {}) };
  const response = await fetch(url, { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}
