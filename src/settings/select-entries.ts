import { resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { ConfiguredImage } from './build-inputs.ts';
import { type CheckFlags, givenOneImageFlags } from './check-flags.ts';
import type { ConfigFile } from './config-file.ts';
import type { Files } from './files.ts';
import { nearest } from './nearest.ts';
import { quote } from './quote.ts';

type Call = {
  readonly context: string | undefined;
  readonly flags: CheckFlags;
  readonly cwd: string;
  readonly files: Files;
};

/** Entries to gate: that of `--image`, else the one whose context was typed, else all; undefined stands for one from flags alone. */
export async function selectEntries(
  file: ConfigFile | undefined,
  call: Call,
): Promise<readonly [ConfiguredImage | undefined, ...ConfiguredImage[]]> {
  const entries = Object.entries(file?.config.images ?? {}).flatMap(([name, image]) =>
    file === undefined ? [] : [{ file, name, image }],
  );
  if (call.flags.image !== undefined) return [namedEntry(call.flags.image, entries, file)];
  if (call.context !== undefined) return [await entryOfContext(call.context, entries, call)];
  const [first, ...rest] = entries;
  if (rest.length > 0) refuseOneImageFlags(call.flags, entries);
  return [first, ...rest];
}

function namedEntry(name: string, entries: readonly ConfiguredImage[], file: ConfigFile | undefined): ConfiguredImage {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  if (file === undefined) {
    throw new UserError(`--image: ${quote(name)} cannot be looked up, since there is no config file.`, {
      hint: 'Name the file with --config, or leave --image out.',
    });
  }
  const names = entries.map((candidate) => candidate.name);
  const meant = nearest(name, names);
  throw new UserError(`--image: ${quote(file.name)} has no image ${quote(name)}.`, {
    hint: meant === undefined ? namesHint(names) : `Did you mean ${quote(meant)}?`,
  });
}

/** A context that no entry has is gated by itself, under the policy of the file. */
async function entryOfContext(
  context: string,
  entries: readonly ConfiguredImage[],
  { cwd, files }: Call,
): Promise<ConfiguredImage | undefined> {
  const typed = await realOrSame(resolve(cwd, context), files);
  const matching: ConfiguredImage[] = [];
  for (const entry of entries) {
    const configured = await realOrSame(resolve(entry.file.root, entry.image.context ?? '.'), files);
    if (configured === typed) matching.push(entry);
  }
  if (matching.length < 2) return matching[0];
  throw new UserError(`Several images have the build context ${quote(context)}.`, {
    hint: `Choose one with --image: ${matching.map(({ name }) => name).join(', ')}.`,
  });
}

async function realOrSame(path: string, files: Files): Promise<string> {
  return (await files.kindOf(path)) === 'missing' ? path : files.realPath(path);
}

function refuseOneImageFlags(flags: CheckFlags, entries: readonly ConfiguredImage[]): void {
  const [flag] = givenOneImageFlags(flags);
  if (flag === undefined) return;
  throw new UserError(`${flag} is about one image, and there are ${entries.length}.`, {
    hint: `Choose one with --image: ${entries.map(({ name }) => name).join(', ')}.`,
  });
}

function namesHint(names: readonly string[]): string {
  return names.length === 0 ? 'The file names no images.' : `It has ${names.join(', ')}.`;
}
