import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notice, setSecret, warning } from '@actions/core';
import { secretValues } from '../build/secret-values.ts';
import type { Environment } from '../exec/find-program.ts';
import { readSecretFile } from '../exec/read-secret-file.ts';
import { connect, type GitHub } from '../github/connect.ts';
import { type ActionInputs, readActionInputs } from '../settings/action/action-inputs.ts';
import { type RunEvent, readRunEvent } from '../settings/action/run-event.ts';
import { type RunMode, runMode } from '../settings/action/run-mode.ts';
import { refuseLinksOut } from '../settings/action/workspace-paths.ts';
import { localFiles } from '../settings/files.ts';
import { environmentOfBuilds } from './environment-of-builds.ts';
import { createKeptFolder } from './kept-folder.ts';
import { writeSecretFiles } from './secret-files.ts';

/** Everything that a step was told, read once, before anything is asked of Docker or GitHub. */
export type Step = {
  readonly env: NodeJS.ProcessEnv;
  readonly buildEnv: Environment;
  readonly event: RunEvent;
  readonly mode: RunMode;
  readonly inputs: ActionInputs;
  /** Undefined without a token. */
  readonly github: GitHub | undefined;
  /** Lives until the end of the job. */
  readonly folder: string;
  /** Values that must be in nothing that leaves this process. */
  readonly hidden: readonly string[];
};

/** Throws UserError for an event that is refused and for inputs that are wrong. */
export async function prepare(env: NodeJS.ProcessEnv): Promise<Step> {
  const event = readRunEvent(env, await readPayload(env.GITHUB_EVENT_PATH));
  const mode = runMode(event);
  const read = readActionInputs(env);
  await refuseLinksOut(read.paths, { workspace: process.cwd(), files: localFiles });
  for (const { id, value } of read.secretValues) mask(value, id);
  const folder = await createKeptFolder(env);
  const files = await writeSecretFiles(read.secretValues, join(folder, 'secrets'));
  const secret = [...(read.flags.secret ?? []), ...files];
  const inputs: ActionInputs = { ...read, flags: { ...read.flags, secret } };
  const buildEnv = environmentOfBuilds(env);
  const hidden = await secretValues({ secrets: secret }, buildEnv, readSecretFile);
  for (const value of hidden) mask(value, undefined);
  for (const sentence of inputs.notices) notice(sentence);
  const { token } = inputs;
  const github = token === '' ? undefined : connect({ token, apiUrl: event.apiUrl, timeoutMs: 15_000 });
  return { env, buildEnv, event, mode, inputs, github, folder, hidden: [...hidden, ...credentials(env, token)] };
}

/** The runner replaces it in the log from now on. What is shorter stands in too many words to be replaced. */
function mask(value: string, id: string | undefined): void {
  // Line by line: the runner would hide each line of a longer value too, and so every `}` of the log.
  const parts = value.split(/\r?\n/).map((line) => line.trim());
  for (const part of parts) if (part.length >= 4) setSecret(part);
  if (id !== undefined && parts.every((part) => part.length < 4))
    warning(`The secret ${id} has fewer than four characters: it cannot be hidden in logs.`);
}

/** The token also as actions/checkout writes it into the repository, from where a build can copy it; and that of the cache. */
function credentials({ ACTIONS_RUNTIME_TOKEN: runtime }: Environment, token: string): readonly string[] {
  const given = token === '' ? [] : [token, Buffer.from(`x-access-token:${token}`).toString('base64')];
  return runtime === undefined || runtime === '' ? given : [...given, runtime];
}

async function readPayload(path: string | undefined): Promise<unknown> {
  if (path === undefined || path === '') return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
