import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import { configProblems } from './config-problems.ts';
import { type Config, configSchema } from './config-schema.ts';
import { codeOf, type Files } from './files.ts';
import { type ParsedYaml, parseYaml } from './parse-yaml.ts';
import { type KeyPath, type Place, type Problem, problemError } from './place.ts';
import { quote } from './quote.ts';
import { isInside, repositoryOf } from './repository.ts';
import type { RuleDescription } from './rules.ts';
import { shownPath } from './shown-path.ts';

/** A validated `stagegate.yml`. Its text may come from a pull request: paths in it are not to be trusted. */
export type ConfigFile = {
  /** For messages. */
  readonly name: string;
  /** Absolute folder from which the file's paths are read. */
  readonly root: string;
  /** Absolute folder, symlinks resolved, that the file's paths must not leave. */
  readonly boundary: string;
  readonly config: Config;
  readonly placeOf: (path: KeyPath) => Place;
  /** `stagegate.yml:4:5`, for messages. */
  readonly where: (path: KeyPath) => string;
};

export type ConfigSource = {
  readonly cwd: string;
  readonly files: Files;
  readonly rules: readonly RuleDescription[];
};

const longestFile = 1024 * 1024;

/** Reads the file named by `--config`, else the one in the working directory or its `.github`; undefined when there is none. */
export async function readConfigFile(named: string | undefined, source: ConfigSource): Promise<ConfigFile | undefined> {
  const path = named === undefined ? await findConfig(source) : resolve(source.cwd, named);
  if (path === undefined) return undefined;
  const name = shownPath(source.cwd, path);
  await refuseWhatIsNoFile(path, name, source.files);
  const root = basename(dirname(path)) === '.github' ? dirname(dirname(path)) : dirname(path);
  const boundary = (await repositoryOf(root, source.files)) ?? (await source.files.realPath(root));
  await refuseLinkOut(path, name, boundary, source);
  const yaml = parseYaml(await readText(path, name, source.files), name);
  return {
    name,
    root,
    boundary,
    config: validConfig(yaml, name, source.rules),
    placeOf: yaml.placeOf,
    where: (keys) => `${name}:${yaml.placeOf(keys).line}:${yaml.placeOf(keys).column}`,
  };
}

/** The error of one sentence about the value at `path`. */
export function configError(file: ConfigFile, path: KeyPath, problem: Omit<Problem, 'place'>): UserError {
  return problemError(file.name, [{ place: file.placeOf(path), ...problem }]);
}

/** Where the config file may lie without being named, relative to the working directory. */
export const configNames = ['stagegate.yml', 'stagegate.yaml', '.github/stagegate.yml', '.github/stagegate.yaml'];

async function findConfig({ cwd, files }: ConfigSource): Promise<string | undefined> {
  const found: string[] = [];
  for (const name of configNames) {
    if ((await files.kindOf(join(cwd, name))) !== 'missing') found.push(name);
  }
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    throw new UserError(`There are two config files, ${quote(first)} and ${quote(second)}.`, {
      hint: 'Keep one of them, or name one with --config.',
    });
  }
  return first === undefined ? undefined : join(cwd, first);
}

async function refuseWhatIsNoFile(path: string, name: string, files: Files): Promise<void> {
  const kind = await files.kindOf(path);
  if (kind === 'file') return;
  const what = { folder: 'is a folder, not a file', other: 'is not a regular file', missing: 'does not exist' }[kind];
  throw new UserError(`The config file ${quote(name)} ${what}.`, {
    hint: 'Name a YAML file such as stagegate.yml with --config.',
  });
}

/** A path outside was typed by the user; a link out of the repository could be the pull request's, and errors quote the file. */
async function refuseLinkOut(path: string, name: string, boundary: string, { files }: ConfigSource): Promise<void> {
  if (isInside(await files.realPath(path), boundary)) return;
  throw new UserError(`The config file ${quote(name)} is a symbolic link that leads out of the repository.`, {
    hint: 'Put the file itself into the repository.',
  });
}

async function readText(path: string, name: string, files: Files): Promise<string> {
  if ((await files.sizeOf(path)) > longestFile) {
    throw new UserError(`The config file ${quote(name)} is larger than 1 MiB.`, { hint: 'Name a YAML file.' });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await files.read(path));
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new UserError(`The config file ${quote(name)} is not UTF-8 text.`, {
      hint: 'Save it as UTF-8.',
      cause: error,
    });
  }
}

function validConfig(yaml: ParsedYaml, name: string, rules: readonly RuleDescription[]): Config {
  if (yaml.value === undefined || yaml.value === null) return {};
  const schema = configSchema(rules);
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  throw problemError(name, configProblems(parsed.error.issues, yaml, schema));
}
