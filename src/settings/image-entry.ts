import { basename } from 'node:path';
import { UserError } from '../user-error.ts';
import { type BaselineChoice, configuredBaseline } from './baseline-choice.ts';
import { readBudgets } from './budgets.ts';
import { type ConfiguredImage, readBuildArgs, readBuildContexts } from './build-inputs.ts';
import type { CheckFlags, RuleInput } from './check-flags.ts';
import type { ConfigFile } from './config-file.ts';
import { configuredPath } from './configured-path.ts';
import { typedContext } from './context-folder.ts';
import type { Files } from './files.ts';
import { defaultDockerfile, typedDockerfile } from './find-dockerfile.ts';
import { platformName, stageName } from './names.ts';
import { quote } from './quote.ts';
import { type RuleDescription, type RuleOverride, ruleSettings } from './rules.ts';
import type { ImageEntry } from './settings.ts';
import { shownPath } from './shown-path.ts';
import { readWaivers } from './waivers.ts';

/** What entries are made from; `configured` is undefined for an image that the config file does not name. */
export type EntryCall = {
  readonly context: string | undefined;
  readonly flags: CheckFlags;
  readonly cwd: string;
  readonly files: Files;
  readonly rules: readonly RuleDescription[];
  readonly file: ConfigFile | undefined;
  /** As typed for all of them. */
  readonly baseline: BaselineChoice | undefined;
};

/** One image to gate, each part from its flag, else from the file, else the default; all of its paths exist. */
export async function imageEntry(configured: ConfiguredImage | undefined, call: EntryCall): Promise<ImageEntry> {
  const { flags, cwd, rules, file } = call;
  const context = await contextOf(configured, call);
  const dockerfile = await dockerfileOf(context, configured, call);
  const target = stageFlag('--target', flags.target) ?? configured?.image.target;
  const testTarget = stageFlag('--test-target', flags.testTarget) ?? configured?.image['test-target'];
  const platform = platformFlag(flags.platform) ?? configured?.image.platforms?.[0];
  const baseline = await baselineOf(configured, call);
  return {
    name: configured?.name ?? flags.defaultName ?? nameOf(context),
    context,
    contextAsWritten: shownPath(cwd, context),
    dockerfile,
    dockerfileAsWritten: shownPath(cwd, dockerfile),
    ...(target === undefined ? {} : { target }),
    ...(testTarget === undefined ? {} : { testTarget }),
    ...(platform === undefined ? {} : { platform }),
    buildArgs: readBuildArgs(flags.buildArg ?? [], configured),
    buildContexts: await readBuildContexts(flags.buildContext ?? [], configured, call),
    ...flagsOnly(flags),
    rules: ruleSettings(rules, {
      preset: file?.config.policy?.extends ?? 'recommended',
      overrides: overridesOf(file, flags),
      budgets: readBudgets(flags, configured),
    }),
    waivers: readWaivers(file),
    ...(baseline === undefined ? {} : { baseline }),
  };
}

async function contextOf(configured: ConfiguredImage | undefined, { context, cwd, files }: EntryCall): Promise<string> {
  if (context !== undefined || configured === undefined) return typedContext(context ?? '.', { cwd, files });
  const path = ['images', configured.name, 'context'];
  const written = configured.image.context ?? '.';
  return configuredPath(configured.file, { path, written, kind: 'folder' }, files);
}

async function dockerfileOf(
  context: string,
  configured: ConfiguredImage | undefined,
  { flags, cwd, files }: EntryCall,
): Promise<string> {
  if (flags.file !== undefined) return typedDockerfile(flags.file, { context, cwd, files });
  const written = configured?.image.file;
  if (configured === undefined || written === undefined) return defaultDockerfile({ context, cwd, files });
  const path = ['images', configured.name, 'file'];
  return configuredPath(configured.file, { path, written, kind: 'file' }, files);
}

/** The word `auto` leaves it to the config file. */
async function baselineOf(
  configured: ConfiguredImage | undefined,
  { flags, files, baseline }: EntryCall,
): Promise<BaselineChoice | undefined> {
  const { baselineWord: word } = flags;
  const given = baseline ?? (word === undefined || word === 'auto' ? undefined : { kind: word });
  return given ?? (configured && (await configuredBaseline(configured, files)));
}

/** What a config file, which a pull request can edit, never sets. */
function flagsOnly(flags: CheckFlags) {
  return {
    secrets: flags.secret ?? [],
    ssh: flags.ssh ?? [],
    cacheFrom: flags.cacheFrom ?? [],
    cacheTo: flags.cacheTo ?? [],
    noCache: flags.noCache ?? false,
    noCacheFilters: flags.noCacheFilter ?? [],
    pull: flags.pull ?? false,
    ...(flags.network === undefined ? {} : { network: flags.network }),
    addHosts: flags.addHost ?? [],
    labels: flags.label ?? [],
    tags: flags.tag ?? [],
    load: flags.load ?? false,
  };
}

function stageFlag(flag: string, written: string | undefined): string | undefined {
  if (written === undefined || stageName.test(written)) return written;
  throw new UserError(`${flag}: ${quote(written)} is not the name of a stage.`, {
    hint: 'Write the name after AS in the Dockerfile.',
  });
}

function platformFlag(written: string | undefined): string | undefined {
  if (written === undefined || platformName.test(written)) return written;
  if (written.includes(',')) {
    throw new UserError(`--platform: several platforms (${quote(written)}) are not supported yet.`, {
      hint: 'Run stagegate once for each platform.',
    });
  }
  throw new UserError(`--platform: ${quote(written)} is not a platform.`, { hint: 'Write one such as linux/amd64.' });
}

/** The folder's own name, in the letters that a config key may have. */
function nameOf(context: string): string {
  const name = basename(context)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);
  return name === '' ? 'image' : name;
}

function overridesOf(file: ConfigFile | undefined, flags: CheckFlags): ReadonlyMap<string, RuleOverride> {
  const overrides = new Map<string, RuleOverride>();
  for (const [id, written] of Object.entries(file?.config.policy?.rules ?? {})) {
    if (file === undefined || written === undefined) continue;
    overrides.set(id, { ...written, where: file.where(['policy', 'rules', id]) });
  }
  for (const [id, input] of flags.ruleOverrides ?? []) overrides.set(id, overridden(overrides.get(id), input));
  return overrides;
}

/** Options switch their rule on, as a limit does. */
function overridden(written: RuleOverride | undefined, input: RuleInput): RuleOverride {
  const severity = written === undefined || written.severity === 'off' ? 'error' : written.severity;
  return { ...written, severity, ...input };
}
