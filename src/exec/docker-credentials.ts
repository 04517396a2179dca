import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CredentialQuestion, FindCredentials, FoundCredentials } from '../image/registry/credentials.ts';
import {
  credentialHelper,
  credentialsOf,
  type DockerConfig,
  parseDockerConfig,
  storedCredentials,
} from '../image/registry/docker-config.ts';
import { askCredentialHelper } from './credential-helper.ts';
import type { Environment } from './find-program.ts';

/** Looks credentials up where `docker login` leaves them: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`, and its helpers. */
export function dockerCredentials(env: Environment): FindCredentials {
  const path = join(env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker'), 'config.json');
  return async (question) => {
    const text = await readConfig(path);
    if (typeof text !== 'string') return { credentials: null, place: path, ...text };
    const config = parseDockerConfig(text);
    if (config === null) return { credentials: null, place: path, trouble: `${path} is not as Docker writes it` };
    return findIn(config, question, { path, env });
  };
}

type Place = { readonly path: string; readonly env: Environment };

/** A helper goes before what stands in the file, as in Docker. */
async function findIn(config: DockerConfig, question: CredentialQuestion, place: Place): Promise<FoundCredentials> {
  const { path, env } = place;
  const stored = { credentials: storedCredentials(config, question), place: path };
  const helper = credentialHelper(config, question);
  if (helper === null) return stored;
  const answer = await askCredentialHelper({ ...helper, env });
  if (answer.kind === 'trouble') return stored.credentials ? stored : { ...stored, trouble: answer.trouble };
  if (answer.kind === 'none') return stored;
  const credentials = credentialsOf(answer.username, answer.secret);
  return credentials ? { credentials, place: `docker-credential-${helper.name}` } : stored;
}

const maxBytes = 8 * 1024 * 1024;

/** The text, or why there is none. A pipe in the file's place would never end. */
async function readConfig(path: string): Promise<string | { readonly trouble: string }> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > maxBytes) return { trouble: `${path} is no Docker config` };
    return await readFile(path, 'utf8');
  } catch {
    return { trouble: `${path} cannot be read, or is not there` };
  }
}
