import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The engines that `scripts/engine` starts. */
export const engineKinds = ['classic', 'containerd', 'container', 'remote'] as const;
export type EngineKind = (typeof engineKinds)[number];

/** Root of the repository, where every program of the tests runs. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What a program left behind; `exitCode` is -1 when it could not be started or was killed. */
export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A folder whose programs go before all others. */
  readonly pathFirst?: string | undefined;
};

/** Runs the bundled command line against an engine of this kind. */
export function stagegate(kind: EngineKind, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runIn(kind, process.execPath, [join(repository, 'dist/cli.js'), ...args], options);
}

/** Runs a program to its end where plain `docker` means this engine; a failing one is no exception. */
export async function runIn(
  kind: EngineKind,
  program: string,
  args: readonly string[],
  { cwd = repository, env = {}, pathFirst }: RunOptions = {},
): Promise<Ran> {
  const ofEngine = await engineEnv(kind);
  const path = pathFirst === undefined ? {} : { PATH: `${pathFirst}:${ofEngine.PATH}` };
  return run(program, args, { cwd, env: { ...ofEngine, ...path, ...env } });
}

const environments = new Map<EngineKind, Promise<NodeJS.ProcessEnv>>();

/** The environment in which plain `docker` means this engine. */
export function engineEnv(kind: EngineKind): Promise<NodeJS.ProcessEnv> {
  const known = environments.get(kind) ?? readEnvironment(kind);
  environments.set(kind, known);
  return known;
}

/** The shell evaluates the printed exports: their values are quoted for it. */
async function readEnvironment(kind: EngineKind): Promise<NodeJS.ProcessEnv> {
  const script = 'exports=$(scripts/engine env "$0") && eval "$exports" && env -0';
  const { exitCode, stdout, stderr } = await run('bash', ['-c', script, kind], { cwd: repository, env: process.env });
  if (exitCode !== 0) throw new Error(`scripts/engine env ${kind} ended with ${exitCode}: ${stderr}`);
  return Object.fromEntries(
    stdout
      .split('\0')
      .filter((line) => line !== '')
      .map(splitPair),
  );
}

function splitPair(line: string): readonly [string, string] {
  const equals = line.indexOf('=');
  return [line.slice(0, equals), line.slice(equals + 1)];
}

function run(
  program: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { env, cwd, maxBuffer: 1 << 28, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      resolve({ exitCode: typeof code === 'number' ? code : -1, stdout, stderr });
    });
  });
}
