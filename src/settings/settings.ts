import type { RuleSeverity } from '../policy/define-rule.ts';
import type { Evidence } from '../policy/finding.ts';
import type { BaselineChoice } from './baseline-choice.ts';

/** A rule as this run applies it; `options` were validated by the rule's own schema. */
export type RuleSetting = { readonly severity: RuleSeverity; readonly options: unknown };

export type Waiver = {
  readonly rule: string;
  readonly path?: string;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`: counts up to the end of that day, UTC. */
  readonly expires: string;
  readonly writtenAt: Evidence;
};

/** One named thing to gate. Paths are absolute; the `…AsWritten` ones are for messages. */
export type ImageEntry = {
  readonly name: string;
  readonly context: string;
  readonly contextAsWritten: string;
  readonly dockerfile: string;
  readonly dockerfileAsWritten: string;
  readonly target?: string;
  readonly testTarget?: string;
  /** `os/arch[/variant]`; absent: the builder's own. */
  readonly platform?: string;
  /** Value undefined: taken from the environment, as `--build-arg NAME` is. */
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  readonly buildContexts: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly ssh: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly noCache: boolean;
  readonly noCacheFilters: readonly string[];
  readonly pull: boolean;
  readonly network?: string;
  readonly addHosts: readonly string[];
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  readonly load: boolean;
  /** Every rule by id. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly waivers: readonly Waiver[];
  /** What to compare with; absent: what the door does by itself. */
  readonly baseline?: BaselineChoice;
};

export type Format = 'text' | 'json' | 'markdown' | 'html';

/** Where one rendering goes; `file` undefined is stdout. */
export type Output = { readonly format: Format; readonly file: string | undefined };

/** Everything a run was told, from flags, then stagegate.yml, then defaults; read once and passed down. */
export type Settings = {
  readonly images: readonly [ImageEntry, ...ImageEntry[]];
  readonly builder?: string;
  readonly failOn: 'error' | 'warning' | 'never';
  /** Absolute path where this run's report is recorded. */
  readonly record?: string;
  readonly outputs: readonly [Output, ...Output[]];
};
