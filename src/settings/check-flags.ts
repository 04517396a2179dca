import type { RuleSeverity } from '../policy/define-rule.ts';
import type { BaselineWord } from './baseline-choice.ts';

/** A rule that is set beside the config file: a severity alone keeps the options that are there, and options the severity. */
export type RuleInput = { readonly severity?: RuleSeverity; readonly options?: unknown; readonly where: string };

/** The options of `check` as typed; undefined or absent when not given. Paths are relative to the working directory. */
export type CheckFlags = {
  readonly file?: string | undefined;
  readonly target?: string | undefined;
  readonly testTarget?: string | undefined;
  readonly platform?: string | undefined;
  /** `NAME=value`, or `NAME` for the value of the environment. */
  readonly buildArg?: readonly string[] | undefined;
  /** `NAME=value`. */
  readonly buildContext?: readonly string[] | undefined;
  readonly secret?: readonly string[] | undefined;
  readonly ssh?: readonly string[] | undefined;
  readonly builder?: string | undefined;
  readonly cacheFrom?: readonly string[] | undefined;
  readonly cacheTo?: readonly string[] | undefined;
  readonly noCache?: boolean | undefined;
  readonly noCacheFilter?: readonly string[] | undefined;
  readonly pull?: boolean | undefined;
  readonly network?: string | undefined;
  readonly addHost?: readonly string[] | undefined;
  readonly label?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly load?: boolean | undefined;
  readonly push?: boolean | undefined;
  readonly config?: string | undefined;
  /** Name of an entry of the config file. */
  readonly image?: string | undefined;
  /** Not an option: what an image is called that no config file names; else its folder's name. */
  readonly defaultName?: string | undefined;
  readonly baseline?: string | undefined;
  /** Not an option: the word that the Action's input of that name may hold instead of a place. */
  readonly baselineWord?: BaselineWord | undefined;
  readonly record?: string | undefined;
  readonly maxSize?: string | undefined;
  readonly maxDownloadSize?: string | undefined;
  readonly maxGrowth?: string | undefined;
  readonly maxLayers?: string | undefined;
  readonly failOn?: string | undefined;
  readonly format?: string | undefined;
  /** `FILE` or `FORMAT=FILE`. */
  readonly output?: readonly string[] | undefined;
  /** By rule id, over `policy.rules` of the file; inputs of the Action, no options of the command line. */
  readonly ruleOverrides?: ReadonlyMap<string, RuleInput> | undefined;
};

/** Flags that say something about one image, with their names as typed: useless or harmful for several at once. */
const oneImageFlags: readonly (readonly [Exclude<keyof CheckFlags, 'ruleOverrides'>, string])[] = [
  ['file', '--file'],
  ['target', '--target'],
  ['testTarget', '--test-target'],
  ['buildContext', '--build-context'],
  ['cacheFrom', '--cache-from'],
  ['cacheTo', '--cache-to'],
  ['noCacheFilter', '--no-cache-filter'],
  ['tag', '--tag'],
  ['maxSize', '--max-size'],
  ['maxDownloadSize', '--max-download-size'],
  ['maxGrowth', '--max-growth'],
  ['maxLayers', '--max-layers'],
];

/** The flags about one image that were given, as typed. */
export function givenOneImageFlags(flags: CheckFlags): readonly string[] {
  return oneImageFlags.filter(([key]) => isGiven(flags[key])).map(([, typed]) => typed);
}

function isGiven(value: string | boolean | readonly string[] | undefined): boolean {
  return value !== undefined && value !== false && (typeof value !== 'object' || value.length > 0);
}
