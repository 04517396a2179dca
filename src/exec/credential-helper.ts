import type { ChildProcess } from 'node:child_process';
import { recordOf } from '../build/json-shape.ts';
import { endChild, startChild } from './children.ts';
import { type Environment, findProgram } from './find-program.ts';

/** What a helper says: a secret with its user, that it has none, or that it does not work. The trouble never quotes its output. */
export type HelperAnswer =
  | { readonly kind: 'found'; readonly username: string; readonly secret: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'trouble'; readonly trouble: string };

export type HelperRequest = {
  /** As the Docker config names it, without `docker-credential-`. */
  readonly name: string;
  readonly server: string;
  readonly env: Environment;
  /** Milliseconds; a helper may ask a cloud. */
  readonly timeLimit?: number;
};

/** Asks `docker-credential-NAME get` for the credentials of a server (docker-credential-helpers' protocol). Never rejects. */
export async function askCredentialHelper(request: HelperRequest): Promise<HelperAnswer> {
  const { name, server, env, timeLimit = 30_000 } = request;
  const trouble = (what: string): HelperAnswer => ({ kind: 'trouble', trouble: what });
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) return trouble('the Docker config names an impossible helper');
  const program = findProgram(`docker-credential-${name}`, env);
  if (program === undefined) return trouble(`docker-credential-${name} is not on PATH`);
  const ran = await runHelper(program, server, { env, timeLimit });
  if (typeof ran === 'string') return trouble(`docker-credential-${name} ${ran}`);
  if (ran.exitCode === 0) return readAnswer(ran.stdout) ?? trouble(`docker-credential-${name} gave no credentials`);
  if (/credentials not found/i.test(ran.stdout)) return { kind: 'none' };
  return trouble(`docker-credential-${name} failed`);
}

type Running = { readonly env: Environment; readonly timeLimit: number };
type RanHelper = { readonly exitCode: number | null; readonly stdout: string };

/** What came of it, or in words why nothing did. */
async function runHelper(program: string, server: string, { env, timeLimit }: Running): Promise<RanHelper | string> {
  let child: ChildProcess;
  try {
    child = startChild(program, ['get'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  } catch {
    return 'cannot be started';
  }
  const ended = output(child);
  // A helper that ends without reading its question is no reason to end with it.
  child.stdin?.on('error', () => {});
  child.stdin?.end(`${server}\n`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`gave no answer within ${timeLimit / 1000} s`), timeLimit);
  });
  const result = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (typeof result === 'string') await endChild(child);
  return result;
}

function output(child: ChildProcess): Promise<RanHelper | string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) resolve('said too much');
      else chunks.push(chunk);
    });
    child.once('error', () => resolve('cannot be started'));
    child.once('close', (exitCode) => resolve({ exitCode, stdout: Buffer.concat(chunks).toString('utf8') }));
  });
}

const maxBytes = 64 * 1024;

function readAnswer(text: string): HelperAnswer | null {
  try {
    const { Username, Secret } = recordOf(JSON.parse(text));
    if (typeof Username !== 'string' || typeof Secret !== 'string') return null;
    return { kind: 'found', username: Username, secret: Secret };
  } catch {
    return null;
  }
}
