import type { LineRange } from '../dockerfile/stage-graph.ts';
import type { BuildFailure, BuildStep } from './build-record.ts';
import type { SolveError } from './solve-error.ts';
import { isDockerfileStep } from './vertex-kind.ts';

/** A build that did not exit with 0. Texts are redacted. */
export type FailedBuild = {
  /** The Dockerfile's path as the user wrote it. */
  readonly file: string;
  readonly exitCode: number | null;
  readonly steps: readonly BuildStep[];
  /** The step that made the build fail; see `failingStep`. */
  readonly step: BuildStep | undefined;
  readonly log: readonly string[];
  readonly solveError: SolveError;
};

/**
 * Says why, and whose fault it is: the failing step decides (contract, exit codes 1 and 3).
 * A RUN that ended with an exit code is the Dockerfile's, whatever its output claims, a full disk included.
 */
export function explainFailure(build: FailedBuild): BuildFailure {
  const { step, solveError, log } = build;
  const lines = solveError.lines ?? step?.lines;
  const exitCode = exitCodeOf(step);
  const fault = step === undefined ? faultWithoutStep(build) : faultOfStep(step, exitCode);
  const hint = hintFor(build, exitCode);
  return {
    fault,
    message: messageOf(build, lines, exitCode),
    ...(hint === undefined ? {} : { hint }),
    ...(step === undefined ? {} : { step }),
    ...(lines === undefined ? {} : { lines }),
    ...(exitCode === undefined ? {} : { exitCode }),
    log,
  };
}

/** Of the steps with an error the one that buildx reports, else the one that was first; cancelled ones only fell with it. */
export function failingStep<Step extends { readonly error?: string; readonly lastCompleted?: number }>(
  steps: readonly Step[],
  { message }: SolveError,
): Step | undefined {
  const failed = steps
    .filter((step) => step.error !== undefined && !isCancelled(step.error))
    .sort((a, b) => (a.lastCompleted ?? Infinity) - (b.lastCompleted ?? Infinity));
  return failed.find((step) => message?.endsWith(step.error ?? '')) ?? failed[0];
}

/** Whether a step ended only because another one failed. */
export function isCancelled(error: string): boolean {
  return CANCELLED.test(error);
}

/** True when buildx refused the target itself, as it does with a stage that only a foreign frontend could know. */
export function isMissingTarget({ message }: SolveError): boolean {
  return message !== undefined && /^target stage .+ could not be found$/.test(message);
}

/** How the message of a build begins whose build cache BuildKit refused. */
export const CACHE_REFUSED = 'BuildKit cannot use the build cache: ';
const CACHE = /^(?:failed to configure \S+ cache (?:ex|im)porter|error (?:ex|im)porting cache)\b/;

const CANCELLED = /context canceled\s*$/i;
const DISK_FULL = /no space left on device\s*$/i;

/** The way to the builder broke. At the end only: what stands before may be quoted from the Dockerfile. */
const UNREACHABLE =
  /(?:\bEOF|connection refused|connection reset by peer|broken pipe|transport is closing|i\/o timeout|no such host|context deadline exceeded|context canceled|no active session for \S+|Is the docker daemon running\?)\s*$/i;
const UNAVAILABLE =
  /^(?:failed to (?:receive status|list workers|dial)|listing workers|rpc error: code = Unavailable|Cannot connect )/i;

function exitCodeOf(step: BuildStep | undefined): number | undefined {
  const code = /did not complete successfully: exit code: (\d{1,9})\s*$/.exec(step?.error ?? '')?.[1];
  return code === undefined ? undefined : Number(code);
}

function faultOfStep(step: BuildStep, exitCode: number | undefined): BuildFailure['fault'] {
  if (exitCode !== undefined) return 'dockerfile';
  if (!isDockerfileStep(step.name)) return 'infrastructure';
  // What fails in FROM is the pull of an image that was found.
  if (/^\[[^\]]*\] FROM /.test(step.name)) return 'infrastructure';
  const error = step.error ?? '';
  return DISK_FULL.test(error) || UNREACHABLE.test(error) ? 'infrastructure' : 'dockerfile';
}

/** Refused before any step ran: an excerpt, or a Dockerfile that was read, points at the Dockerfile. */
function faultWithoutStep({ exitCode, steps, solveError }: FailedBuild): BuildFailure['fault'] {
  const message = solveError.message ?? '';
  if (exitCode === null || UNAVAILABLE.test(message) || UNREACHABLE.test(message) || DISK_FULL.test(message)) {
    return 'infrastructure';
  }
  if (CACHE.test(message)) return 'infrastructure';
  if (solveError.lines !== undefined) return 'dockerfile';
  const wasRead = steps.some((step) => step.ran && step.name.includes('load build definition'));
  const wentOn = steps.some((step) => step.ran && step.kind === 'instruction');
  return wasRead && !wentOn && solveError.message !== undefined ? 'dockerfile' : 'infrastructure';
}

function messageOf(build: FailedBuild, lines: LineRange | undefined, exitCode: number | undefined): string {
  const { file, step, solveError } = build;
  const where = lines === undefined ? file : `${file}:${lines.start}`;
  if (step === undefined) {
    if (CACHE.test(solveError.message ?? '')) return `${CACHE_REFUSED}${solveError.message}`;
    if (solveError.message !== undefined) return `BuildKit refused ${where}: ${solveError.message}`;
    const end = build.exitCode === null ? 'was ended by a signal' : `ended with exit code ${build.exitCode}`;
    return `docker buildx ${end} while it built ${file}, and gave no reason`;
  }
  const what = `${shorten(step.instruction ?? step.name, 200)} (${where})`;
  if (exitCode !== undefined) return `${what} ended with exit code ${exitCode}`;
  return `${what} failed: ${shorten((step.error ?? '').trim(), 2000)}`;
}

function hintFor(build: FailedBuild, exitCode: number | undefined): string | undefined {
  const { step, solveError, log } = build;
  if (exitCode !== undefined) {
    return log.some((line) => DISK_FULL.test(line))
      ? 'Its output says that the disk is full: if that is the machine, free space with `docker builder prune`.'
      : undefined;
  }
  if (DISK_FULL.test(step?.error ?? solveError.message ?? '')) {
    return "The builder's disk or the folder for temporary files (TMPDIR) is full: free space, for example with `docker builder prune`.";
  }
  if (step === undefined && UNREACHABLE.test(solveError.message ?? '')) {
    return 'The builder went away: `docker buildx inspect` shows whether it answers.';
  }
  const missing = missingFile(step);
  if (missing !== undefined) return missing;
  return step?.kind === 'metadata' || step?.kind === 'auth'
    ? 'Check that the image exists, that this machine reaches its registry, and that `docker login` was done where it needs one.'
    : undefined;
}

/** A COPY that finds nothing is mostly a file that .dockerignore leaves out, which BuildKit's error does not say. */
function missingFile(step: BuildStep | undefined): string | undefined {
  const instruction = step?.instruction ?? step?.name.replace(/^\[[^\]]*\] /, '') ?? '';
  if (!/^(?:COPY|ADD)\b/i.test(instruction) || !/": not found\s*$/.test(step?.error ?? '')) return undefined;
  return /\s--from=/.test(instruction)
    ? 'Look for it where `--from` points: its spelling, the folder that it is made in, and .dockerignore, if it was copied there from the context.'
    : 'Look for it in the build context: its spelling, and .dockerignore, which may leave it out.';
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
