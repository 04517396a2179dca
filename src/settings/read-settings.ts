import { resolve } from 'node:path';
import { rules as allRules } from '../policy/rules/index.ts';
import { UserError } from '../user-error.ts';
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
  const baseline = await readBaseline(flags.baseline, cwd, files);
  const file = await readConfigFile(flags.config, { cwd, files, rules });
  const [first, ...rest] = await selectEntries(file, { context, flags, cwd, files });
  const entryCall = { context, flags, cwd, files, rules, file };
  const images: [ImageEntry, ...ImageEntry[]] = [await imageEntry(first, entryCall)];
  for (const configured of rest) images.push(await imageEntry(configured, entryCall));
  return {
    images,
    ...(flags.builder === undefined ? {} : { builder: flags.builder }),
    failOn,
    ...(baseline === undefined ? {} : { baseline, baselineAsWritten: flags.baseline ?? baseline }),
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

async function readBaseline(written: string | undefined, cwd: string, files: Files): Promise<string | undefined> {
  if (written === undefined) return undefined;
  const path = resolve(cwd, written);
  const kind = await files.kindOf(path);
  // One that is not there yet is a first run: the report says so, and nothing else changes.
  if (kind === 'file' || kind === 'missing') return path;
  throw new UserError(`--baseline: ${quote(written)} is not a regular file.`, {
    hint: 'Name a report that was written with --record or --format json.',
  });
}
