import { resolve } from 'node:path';
import { steersDocker } from '../build/steering-variables.ts';
import { UserError } from '../user-error.ts';
import { type ConfigFile, configError } from './config-file.ts';
import type { ImageConfig } from './config-schema.ts';
import { configuredPath } from './configured-path.ts';
import type { Files } from './files.ts';
import { quote } from './quote.ts';
import { isRemote, quoteRemote } from './remote-context.ts';

/** The entry of the config file that an image comes from. */
export type ConfiguredImage = {
  readonly file: ConfigFile;
  readonly name: string;
  readonly image: ImageConfig;
};

/** Build arguments by name, flags over the file; a value undefined is that of the environment. */
export function readBuildArgs(
  typed: readonly string[],
  configured: ConfiguredImage | undefined,
): Readonly<Record<string, string | undefined>> {
  const fromFlags = typed.map((written): readonly [string, string | undefined] => {
    const [name, value] = splitAtEquals(written);
    // The value may be meant for no one's eyes.
    if (name === '') throw new UserError('--build-arg: no name stands before the `=`.', { hint: 'Write NAME=value.' });
    return [name, value];
  });
  refuseTwice('--build-arg', fromFlags);
  return Object.fromEntries([...configuredArgs(configured), ...fromFlags]);
}

/** Named contexts by name, flags over the file; folders are absolute. */
export async function readBuildContexts(
  typed: readonly string[],
  configured: ConfiguredImage | undefined,
  place: { readonly cwd: string; readonly files: Files },
): Promise<Readonly<Record<string, string>>> {
  const contexts: [string, string][] = [];
  for (const [name, written] of Object.entries(configured?.image['build-contexts'] ?? {})) {
    if (configured === undefined) break;
    contexts.push([name, await configuredContext(name, written, configured, place.files)]);
  }
  const fromFlags = typed.map(splitContext);
  refuseTwice('--build-context', fromFlags);
  for (const [name, written] of fromFlags) contexts.push([name, await typedNamedContext(written, place)]);
  return Object.fromEntries(contexts);
}

/** A build argument travels as an environment variable, so a pull request could steer docker itself by its name. */
function configuredArgs(configured: ConfiguredImage | undefined): readonly (readonly [string, string])[] {
  const args = Object.entries(configured?.image['build-args'] ?? {});
  const [unsafe] = args.find(([name]) => steersDocker(name) || /^(https?|ftp|all|no)_proxy$/i.test(name)) ?? [];
  if (unsafe === undefined || configured === undefined) return args;
  throw configError(configured.file, ['images', configured.name, 'build-args', unsafe], {
    sentence: `the build argument ${quote(unsafe)} cannot be set in this file, since docker itself obeys a variable of that name`,
    hint: `Set it in the environment and use the flag --build-arg ${unsafe}.`,
  });
}

async function configuredContext(
  name: string,
  written: string,
  { file, name: image }: ConfiguredImage,
  files: Files,
): Promise<string> {
  const path = ['images', image, 'build-contexts', name];
  if (written.startsWith('docker-image://')) return written;
  if (!/^[a-z-]+:/.test(written)) return configuredPath(file, { path, written, kind: 'folder' }, files);
  throw configError(file, path, {
    sentence: `${quote(written)} is not supported here; name a folder of the repository or docker-image://REFERENCE`,
    hint: 'Other kinds can be given with the flag --build-context.',
  });
}

function splitContext(written: string): readonly [string, string] {
  const [name, value] = splitAtEquals(written);
  if (name !== '' && value !== undefined && value !== '') return [name, value];
  throw new UserError(`--build-context: ${quote(written)} is not NAME=VALUE.`, {
    hint: 'Write NAME=FOLDER or NAME=docker-image://REFERENCE.',
  });
}

async function typedNamedContext(
  written: string,
  { cwd, files }: { readonly cwd: string; readonly files: Files },
): Promise<string> {
  if (/^(docker-image|oci-layout):\/\//.test(written)) return written;
  const path = resolve(cwd, written);
  const kind = await files.kindOf(path);
  if (kind === 'folder') return path;
  if (isRemote(written)) {
    throw new UserError(
      `--build-context: ${quoteRemote(written)} is a Git repository or URL, which is not supported yet.`,
      {
        hint: 'Check it out first, then give the folder.',
      },
    );
  }
  throw new UserError(
    `--build-context: ${quote(written)} ${kind === 'missing' ? 'does not exist' : 'is not a folder'}.`,
    {
      hint: 'Write NAME=FOLDER or NAME=docker-image://REFERENCE.',
    },
  );
}

function splitAtEquals(written: string): readonly [string, string | undefined] {
  const at = written.indexOf('=');
  return at < 0 ? [written, undefined] : [written.slice(0, at), written.slice(at + 1)];
}

function refuseTwice(flag: string, entries: readonly (readonly [string, unknown])[]): void {
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new UserError(`${flag}: ${quote(twice)} is given twice.`, { hint: 'Keep one of them.' });
}
