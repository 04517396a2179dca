import { type Environment, findProgram } from './find-program.ts';
import { type ProbeOutput, type RunProbe, runProbe } from './run-probe.ts';

/** Asks git about one folder; undefined where there is no git. Rejects only when it cannot be run or takes too long. */
export type AskGit = (folder: string, ...args: readonly string[]) => Promise<ProbeOutput>;

/**
 * Git that starts no program for us: no hook, no monitor, no submodule, and no filter but git-lfs from PATH; `filters` are
 * the other ones that the configuration names. It asks nobody for a password.
 */
export function openGit(
  env: Environment,
  { filters = [], probe = runProbe }: { readonly filters?: readonly string[]; readonly probe?: RunProbe } = {},
): AskGit | undefined {
  const git = findProgram('git', env);
  if (git === undefined) return undefined;
  const settings = [...steady, ...filters.flatMap(switchedOff)];
  const quiet = { ...withoutPlace(env), ...configured(env, settings), GIT_TERMINAL_PROMPT: '0' };
  return (folder, ...args) => probe(git, ['-C', folder, ...args], quiet);
}

/** Names of the filters that `.gitattributes` could call, git-lfs as its installer writes it aside. */
export function otherFilters(configText: string): readonly string[] {
  const names = configText.split('\0').flatMap((setting) => {
    const [key = '', command = ''] = splitOnce(setting, '\n');
    const name = /^filter\.(.+)\.(?:smudge|process|clean)$/s.exec(key)?.[1];
    return name === undefined || command === '' || lfs.test(command) ? [] : [name];
  });
  return [...new Set(names)];
}

/** By name from PATH: a path could lead into what is being judged. */
const lfs = /^git-lfs (filter-process|(smudge|clean) -- %f)( --skip)?$/;

type Setting = readonly [key: string, value: string];

const steady: readonly Setting[] = [
  // In a job container the checkout belongs to another user, and git would refuse to read it.
  ['safe.directory', '*'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.sparseCheckout', 'false'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['maintenance.auto', 'false'],
  ['gc.auto', '0'],
];

function switchedOff(filter: string): readonly Setting[] {
  return [
    ...['smudge', 'process', 'clean'].map((part): Setting => [`filter.${filter}.${part}`, '']),
    [`filter.${filter}.required`, 'false'],
  ];
}

/** As variables, where a name may hold a `=`; they go before every file. */
function configured(env: Environment, settings: readonly Setting[]): Environment {
  const before = Number(env.GIT_CONFIG_COUNT ?? 0) || 0;
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${before + index}`, key],
    [`GIT_CONFIG_VALUE_${before + index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(before + settings.length) };
}

/** A hook of git that started us leaves these behind, and they would lead to its own index and repository. */
function withoutPlace(env: Environment): Environment {
  const places = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY'];
  const others = ['GIT_PREFIX', 'GIT_NAMESPACE', 'GIT_ALTERNATE_OBJECT_DIRECTORIES'];
  return Object.fromEntries(Object.entries(env).filter(([name]) => ![...places, ...others].includes(name)));
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
