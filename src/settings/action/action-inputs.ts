import type { CheckFlags } from '../check-flags.ts';
import { inputNotices, undeclaredInputs } from './input-notices.ts';
import { type Environment, type InputReader, inputReader } from './input-reader.ts';
import { namedPaths } from './named-paths.ts';
import { readContext, readFile, readNamedContexts, readPlatform } from './place-inputs.ts';
import {
  type BaselineInput,
  type CommentMode,
  readBaseline,
  readCommentKey,
  readCommentMode,
} from './report-inputs.ts';
import { readRuleInputs } from './rule-inputs.ts';
import { emptySecretNotice, readSecretSpecs, readSecretValues, type SecretValue } from './secret-inputs.ts';
import type { NamedPath } from './workspace-paths.ts';

export type { CommentMode } from './report-inputs.ts';

/** The inputs of the step, read once. */
export type ActionInputs = {
  /** As readSettings takes it. */
  readonly context: string | undefined;
  /** Secrets of `secrets` are not in here. */
  readonly flags: CheckFlags;
  /** May be empty. */
  readonly token: string;
  readonly comment: CommentMode;
  readonly commentKey: string | undefined;
  /** `secrets`: each value is to reach docker by a private file. */
  readonly secretValues: readonly SecretValue[];
  /** Every path that an input names; the place to look for links out of the checkout. */
  readonly paths: readonly NamedPath[];
  /** One sentence for each input that is set and does nothing here. */
  readonly notices: readonly string[];
};

/** Named and parsed as docker/build-push-action's where it has the thing; throws UserError that names the input. */
export function readActionInputs(env: Environment): ActionInputs {
  const inputs = inputReader(env);
  const undeclared = undeclaredInputs(env);
  const baseline = readBaseline(inputs);
  const secrets = readSecretValues(inputs);
  const context = readContext(inputs);
  const flags = { ...buildFlags(inputs), ...gateFlags(inputs, baseline) };
  return {
    context,
    flags,
    token: inputs.text('github-token') ?? '',
    comment: readCommentMode(inputs),
    commentKey: readCommentKey(inputs),
    secretValues: secrets.filter(({ value }) => value !== ''),
    paths: namedPaths(inputs, context, flags),
    notices: [
      ...inputNotices(inputs, undeclared),
      ...secrets.filter(({ value }) => value === '').map(emptySecretNotice),
    ],
  };
}

/** What docker/build-push-action has as well. */
function buildFlags(inputs: InputReader): CheckFlags {
  const { text, flag, list } = inputs;
  return {
    file: readFile(inputs),
    target: text('target'),
    platform: readPlatform(inputs),
    buildArg: list('build-args', 'lines'),
    buildContext: readNamedContexts(inputs),
    secret: readSecretSpecs(inputs),
    ssh: list('ssh', 'items'),
    builder: text('builder'),
    cacheFrom: list('cache-from', 'lines'),
    cacheTo: list('cache-to', 'lines'),
    noCache: flag('no-cache'),
    noCacheFilter: list('no-cache-filters', 'items'),
    pull: flag('pull'),
    network: text('network'),
    addHost: list('add-hosts', 'items'),
    label: list('labels', 'lines'),
    tag: list('tags', 'items'),
    load: flag('load'),
  };
}

/** What only this Action has. */
function gateFlags(inputs: InputReader, baseline: BaselineInput): CheckFlags {
  const { text } = inputs;
  return {
    testTarget: text('test-target'),
    config: text('config'),
    image: text('image'),
    ...('word' in baseline ? { baselineWord: baseline.word } : { baseline: baseline.place }),
    maxSize: text('max-size'),
    maxDownloadSize: text('max-download-size'),
    maxGrowth: text('max-growth'),
    maxLayers: text('max-layers'),
    failOn: text('fail-on'),
    ruleOverrides: readRuleInputs(inputs),
  };
}
