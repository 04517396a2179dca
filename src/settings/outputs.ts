import { dirname, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { CheckFlags } from './check-flags.ts';
import type { Files } from './files.ts';
import { readFormat } from './flag-words.ts';
import { quote } from './quote.ts';
import type { Format, Output } from './settings.ts';

type Call = {
  readonly flags: Pick<CheckFlags, 'format' | 'output' | 'record'>;
  readonly cwd: string;
  readonly files: Files;
};

/** Where renderings go: a bare `--output FILE` replaces stdout, `--output FORMAT=FILE` adds to it. Files are absolute. */
export async function readOutputs(call: Call): Promise<readonly [Output, ...Output[]]> {
  const format = readFormat('--format', call.flags.format ?? 'text');
  const files = (call.flags.output ?? []).map((written) => readOutput(written, format, call.cwd));
  const record = call.flags.record;
  refuseTwice([...files.map(({ file }) => file), ...(record === undefined ? [] : [resolve(call.cwd, record)])]);
  for (const { file } of files) await refuseUnwritable('--output', file, call.files);
  const outputs = files.map(({ format, file }): Output => ({ format, file }));
  const bare = files.findIndex(({ isBare }) => isBare);
  const [first, ...rest] = outputs;
  return bare < 0 || first === undefined ? [{ format, file: undefined }, ...outputs] : [first, ...rest];
}

/** Absolute path of `--record`, which must be writable before anything is built. */
export async function readRecord({ flags, cwd, files }: Call): Promise<string | undefined> {
  if (flags.record === undefined) return undefined;
  const path = absolute('--record', flags.record, cwd);
  await refuseUnwritable('--record', path, files);
  return path;
}

type Target = { readonly format: Format; readonly file: string; readonly isBare: boolean };

/** `word=…` names a format; a file whose name has such a front part is written `./word=…`. */
function readOutput(written: string, format: Format, cwd: string): Target {
  const [, word, file] = /^([A-Za-z]+)=(.*)$/s.exec(written) ?? [];
  if (word === undefined || file === undefined) {
    return { format, file: absolute('--output', written, cwd), isBare: true };
  }
  return { format: readFormat('--output', word), file: absolute('--output', file, cwd), isBare: false };
}

function absolute(flag: string, written: string, cwd: string): string {
  if (written === '') throw new UserError(`${flag}: the name of the file is empty.`);
  if (written !== '-') return resolve(cwd, written);
  throw new UserError(`${flag}: ${quote('-')} is not a file.`, {
    hint: 'What goes to standard output is chosen with --format.',
  });
}

function refuseTwice(paths: readonly string[]): void {
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice === undefined) return;
  throw new UserError(`${quote(twice)} is to be written twice.`, {
    hint: 'Give each --output and --record a file of its own.',
  });
}

async function refuseUnwritable(flag: string, path: string, files: Files): Promise<void> {
  const kind = await files.kindOf(path);
  if (kind === 'folder') throw new UserError(`${flag}: ${quote(path)} is a folder.`, { hint: 'Name a file in it.' });
  const folder = dirname(path);
  if ((await files.kindOf(folder)) === 'folder') return;
  throw new UserError(`${flag}: ${quote(path)} cannot be written, since the folder ${quote(folder)} does not exist.`, {
    hint: 'Create the folder first.',
  });
}
