import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { type BuildRequest, buildArguments } from '../build/build-arguments.ts';
import { type BuildCache, buildCache, noCache } from '../build/build-cache.ts';
import type { BuildRecord, BuiltImage } from '../build/build-record.ts';
import { cacheRefusal, cacheTroubles } from '../build/cache-trouble.ts';
import { isMissingTarget } from '../build/explain-failure.ts';
import { type BuildEvent, followBuild } from '../build/follow-build.ts';
import { recordOf } from '../build/json-shape.ts';
import { splitJsonStream } from '../build/json-stream.ts';
import { type BuildMetadata, readMetadata } from '../build/provenance.ts';
import { recordBuild } from '../build/record-build.ts';
import { redactValues } from '../build/redact.ts';
import { buildArgumentValues, secretValues } from '../build/secret-values.ts';
import { readSolveError } from '../build/solve-error.ts';
import { readSolveStatus } from '../build/solve-status.ts';
import type { StageGraph } from '../dockerfile/stage-graph.ts';
import { UserError } from '../user-error.ts';
import { endChild, startChild } from './children.ts';
import { findDocker } from './find-docker.ts';
import type { Environment } from './find-program.ts';
import { unlessInterrupted } from './interruption.ts';
import { readSecretFile } from './read-secret-file.ts';

export type BuildOptions = Pick<BuildRequest, 'entry' | 'target' | 'purpose' | 'builder'> & {
  /** Undefined under a foreign `# syntax=`. */
  readonly graph: StageGraph | undefined;
  /** Temporary; the image's bytes lie in it until it is removed. */
  readonly folder: string;
  readonly env: Environment;
  readonly onEvent?: (event: BuildEvent) => void;
  /** Ends the build when it aborts. */
  readonly signal?: AbortSignal;
};

/**
 * Runs one `docker buildx build` to its end. A build that fails is a record with a failure; what rejects (UserError) is a
 * call that docker cannot take: exit 2 for a target that does not exist or arguments that are refused, else 3.
 */
export async function runBuild(options: BuildOptions): Promise<BuildRecord> {
  const cache = buildCache(options);
  const record = await runOnce(options, cache);
  const refusal = cache.isOwnChoice ? cacheRefusal(record) : undefined;
  if (refusal === undefined) return { ...record, notes: cacheTroubles(record) };
  const anew = await runOnce(options, noCache);
  return { ...anew, notes: [`Built without the workflow's build cache: ${refusal}`] };
}

async function runOnce(options: BuildOptions, cache: BuildCache): Promise<BuildRecord> {
  const { entry, target, purpose, builder, graph, env } = options;
  const docker = findDocker(env);
  const folder = await mkdtemp(join(options.folder, `${purpose}-`));
  const metadataFile = join(folder, 'metadata.json');
  const directory = join(folder, 'image');
  const request = { entry, target, purpose, builder, cache, metadataFile, ociDirectory: directory };
  const { args, env: values } = buildArguments(request);
  const secrets = await secretValues(entry, env, readSecretFile);
  const redact = redactValues([...buildArgumentValues(entry, env), ...secrets]);
  const follower = followBuild(redact);
  const text: string[] = [];
  const started = Date.now();
  const exitCode = await runBuildx(docker, args, {
    env: { ...env, ...values },
    signal: options.signal,
    onValue: (value) => {
      const status = readSolveStatus(value);
      if (status) for (const event of follower.apply(status)) options.onEvent?.(event);
    },
    onText: (line) => {
      text.push(redact(line));
      if (text.length > MAX_TEXT_LINES) text.shift();
    },
  });
  await unlessInterrupted(exitCode);
  const solveError = readSolveError(text);
  if (exitCode !== 0 && target !== undefined && isMissingTarget(solveError)) throw missingTarget(options);
  const metadata = exitCode === 0 ? await readMetadataFile(metadataFile) : undefined;
  const image = exitCode === 0 && purpose === 'final' ? locateImage(options, directory, metadata) : undefined;
  return recordBuild({
    target,
    file: entry.dockerfileAsWritten,
    graph,
    durationMs: Date.now() - started,
    exitCode,
    steps: follower.steps(),
    solveError,
    metadata,
    image,
  });
}

/** The excerpt and the error come last. */
const MAX_TEXT_LINES = 500;

type Running = {
  readonly env: Environment;
  readonly signal: AbortSignal | undefined;
  readonly onValue: (value: unknown) => void;
  readonly onText: (line: string) => void;
};

/** Exit status; null when a signal ended it. */
function runBuildx(docker: string, args: readonly string[], { env, signal, onValue, onText }: Running) {
  return new Promise<number | null>((resolve, reject) => {
    const child = startBuildx(docker, args, env);
    const stream = splitJsonStream({ onValue, onText });
    const decoder = new StringDecoder('utf8');
    const end = () => void endChild(child);
    child.stderr?.on('data', (chunk: Buffer) => stream.write(decoder.write(chunk)));
    child.once('error', (error) => reject(cannotStart(error)));
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end);
      stream.write(decoder.end());
      stream.end();
      resolve(code);
    });
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

/** What the operating system refuses to start is thrown at once; what it cannot find comes as an event. */
function startBuildx(docker: string, args: readonly string[], env: Environment): ChildProcess {
  try {
    return startChild(docker, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    throw cannotStart(error);
  }
}

function cannotStart(cause: unknown): UserError {
  const { code, message } = recordOf(cause);
  if (code !== 'E2BIG') return new UserError(`Docker cannot be started: ${String(message)}`, { exitCode: 3, cause });
  return new UserError('Docker cannot be started: the build arguments are too long for the operating system', {
    hint: 'Put long values into a file of the build context, or into a --secret.',
    cause,
  });
}

function missingTarget({ entry, target, graph }: BuildOptions): UserError {
  const names = graph?.stages.flatMap(({ name }) => name ?? []) ?? [];
  return new UserError(`${entry.dockerfileAsWritten} has no stage named ${target}`, {
    hint: names.length === 0 ? 'Name the stage with `FROM … AS NAME`.' : `Its stages are: ${names.join(', ')}.`,
  });
}

/** Absent where an old buildx or a full disk left none: then lines come from the names of the steps. */
async function readMetadataFile(file: string): Promise<BuildMetadata | undefined> {
  try {
    return readMetadata(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function locateImage({ builder, entry }: BuildOptions, directory: string, metadata?: BuildMetadata): BuiltImage {
  if (builder.exportsOci) return { kind: 'oci-layout', directory };
  if (metadata?.imageId !== undefined) return { kind: 'docker-daemon', imageId: metadata.imageId };
  throw new UserError(`Docker built ${entry.name}, but did not say which image it is`, {
    hint: 'Update the buildx plugin.',
    exitCode: 3,
  });
}
