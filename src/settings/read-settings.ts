import { rules as allRules } from '../policy/rules/index.ts';
import { UserError } from '../user-error.ts';
import { type BaselineChoice, typedBaseline } from './baseline-choice.ts';
import type { CheckFlags } from './check-flags.ts';
import { readConfigFile } from './config-file.ts';
import { type Files, localFiles } from './files.ts';
import { readFailOn } from './flag-words.ts';
import { imageEntry } from './image-entry.ts';
import { readOutputs, readRecord } from './outputs.ts';
import { quote } from './quote.ts';
import type { RuleDescription } from './rules.ts';
import { selectEntries } from './select-entries.ts';
import type { ImageEntry, Settings } from './settings.ts';

export type { CheckFlags } from './check-flags.ts';

export type Call = {
  /** As typed; undefined when no context was given. */
  readonly context: string | undefined;
  readonly flags: CheckFlags;
  /** Absolute. */
  readonly cwd: string;
  readonly files?: Files;
  readonly rules?: readonly RuleDescription[];
};

/** Flags over `stagegate.yml` over defaults. All paths exist when it returns; throws UserError (exit 2) for what is not right. */
export async function readSettings(call: Call): Promise<Settings> {
  const { context, flags, cwd, files = localFiles, rules = allRules } = call;
  refusePush(flags);
  const failOn = readFailOn(flags.failOn);
  const outputs = await readOutputs({ flags, cwd, files });
  const record = await readRecord({ flags, cwd, files });
  const baseline = flags.baseline === undefined ? undefined : await typedBaseline(flags.baseline, { cwd, files });
  const file = await readConfigFile(flags.config, { cwd, files, rules });
  const [first, ...rest] = await selectEntries(file, { context, flags, cwd, files });
  const entryCall = { context, flags, cwd, files, rules, file, baseline };
  const images: [ImageEntry, ...ImageEntry[]] = [await imageEntry(first, entryCall)];
  for (const configured of rest) images.push(await imageEntry(configured, entryCall));
  refuseSharedImage(baseline, images);
  return {
    images,
    ...(flags.builder === undefined ? {} : { builder: flags.builder }),
    failOn,
    ...(record === undefined ? {} : { record }),
    outputs,
  };
}

function refusePush(flags: CheckFlags): void {
  if (flags.push !== true) return;
  throw new UserError('--push is not supported yet: nothing is pushed before it was judged.', {
    hint: 'Run `docker buildx build --push` after stagegate has passed.',
  });
}

/** A recorded report may hold all of them, and a commit does; an image is one. */
function refuseSharedImage(baseline: BaselineChoice | undefined, images: readonly ImageEntry[]): void {
  if (baseline?.kind !== 'image' || images.length === 1) return;
  throw new UserError(`--baseline: ${quote(baseline.source.written)} is one image, and there are ${images.length}.`, {
    hint: `Choose one with --image: ${images.map(({ name }) => name).join(', ')}; or write \`baseline:\` under each in the config file.`,
  });
}
