import type { Builder } from '../build/build-record.ts';
import {
  describeBuilder,
  infoFormat,
  isOlder,
  readBuilderNames,
  readBuildxVersion,
  readDaemonInfo,
  readInspection,
  readPluginVersion,
} from '../build/builder-answers.ts';
import { daemonProblem } from '../build/daemon-problem.ts';
import { UserError } from '../user-error.ts';
import { findDocker } from './find-docker.ts';
import type { Environment } from './find-program.ts';
import { type ProbeOutput, type RunProbe, runProbe } from './run-probe.ts';

export type ProbeRequest = {
  /** As the user named it; else BUILDX_BUILDER, else the selected one. */
  readonly builder?: string | undefined;
  readonly env: Environment;
  readonly probe?: RunProbe;
  /** Once it aborts, nothing more is asked. */
  readonly signal?: AbortSignal;
};

/**
 * Asks the builder what it is, and boots it if it sleeps. All questions go out at once.
 * Refuses: exit 2 for a builder that does not exist, 3 for everything that is missing or does not answer.
 */
export async function probeBuilder({ builder, env, probe = runProbe, signal }: ProbeRequest): Promise<Builder> {
  const docker = findDocker(env);
  const ask: Ask = async (...args) => {
    signal?.throwIfAborted();
    return probe(docker, args, env);
  };
  const [inspect, info] = await Promise.all([
    ask('buildx', 'inspect', '--bootstrap', ...(builder === undefined ? [] : [`--builder=${builder}`])),
    ask('info', `--format=${infoFormat}`),
  ]);
  const buildx = checkBuildx(readPluginVersion(info.stdout) ?? (await askVersion(ask)));
  if (inspect.exitCode !== 0) throw await explainRefusal(inspect, builder ?? env.BUILDX_BUILDER, ask);
  const inspection = readInspection(inspect.stdout);
  const [error] = inspection.errors;
  if (error !== undefined) throw daemonProblem(error) ?? brokenBuilder(inspection.name, error);
  if (inspection.driver === '') throw brokenBuilder(inspection.name, firstLine(inspect.stderr));
  return describeBuilder(inspection, info.exitCode === 0 ? readDaemonInfo(info.stdout) : undefined, buildx);
}

type Ask = (...args: readonly string[]) => Promise<ProbeOutput>;

/** A question of its own only where `docker info` did not say: it costs a start of docker and of the plugin. */
async function askVersion(ask: Ask): Promise<string> {
  const { exitCode, stdout, stderr } = await ask('buildx', 'version');
  const version = exitCode === 0 ? readBuildxVersion(stdout) : undefined;
  if (version !== undefined) return version;
  throw new UserError('Docker has no working buildx plugin: `docker buildx version` failed', {
    hint: 'Install the plugin (package docker-buildx-plugin or docker-buildx): https://docs.docker.com/build/install-buildx/',
    exitCode: 3,
    cause: new Error(firstLine(stderr)),
  });
}

function checkBuildx(version: string): string {
  if (!isOlder(version, [0, 13])) return version;
  throw new UserError(`The buildx plugin is version ${version}, and Stagegate needs 0.13 or newer`, {
    hint: 'Update the plugin: https://docs.docker.com/build/install-buildx/',
    exitCode: 3,
  });
}

async function explainRefusal(
  { stdout, stderr }: ProbeOutput,
  builder: string | undefined,
  ask: Ask,
): Promise<UserError> {
  const text = `${stderr}\n${stdout}`;
  if (!/no builder ".*" found|no such builder/.test(text)) {
    return daemonProblem(text) ?? brokenBuilder(builder ?? '', errorLine(text));
  }
  const names = readBuilderNames((await ask('buildx', 'ls')).stdout);
  return new UserError(`There is no builder named ${builder ?? 'so'}`, {
    hint:
      names.length === 0
        ? 'Create it with `docker buildx create`.'
        : `These builders exist: ${names.join(', ')}. \`docker buildx create\` makes another one.`,
  });
}

function brokenBuilder(name: string, reason: string): UserError {
  return new UserError(`The builder ${name === '' ? 'that is selected' : name} does not work: ${reason}`, {
    hint: 'See `docker buildx inspect --bootstrap`, or choose another builder with --builder.',
    exitCode: 3,
  });
}

function errorLine(text: string): string {
  const line = text.split('\n').findLast((candidate) => candidate.startsWith('ERROR: '));
  return line === undefined ? firstLine(text) : line.slice('ERROR: '.length);
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] || 'it gave no reason';
}
