import { resolve } from 'node:path';
import { type ConfigFile, configError } from './config-file.ts';
import type { FileKind, Files } from './files.ts';
import type { KeyPath } from './place.ts';
import { quote } from './quote.ts';
import { isRemote, quoteRemote } from './remote-context.ts';
import { isInside } from './repository.ts';

type Wanted = { readonly path: KeyPath; readonly written: string; readonly kind: 'file' | 'folder' };

/** Absolute path of a file or folder that the config names; refused where it leaves the repository, also by a symlink. */
export async function configuredPath(config: ConfigFile, wanted: Wanted, files: Files): Promise<string> {
  const { path, written, kind } = wanted;
  const refuse = (sentence: string, hint?: string) =>
    configError(config, path, {
      sentence: `${quoteRemote(written)} ${sentence}`,
      ...(hint === undefined ? {} : { hint }),
    });
  if (written === '-' || isRemote(written)) {
    throw refuse(`is not supported yet: only a ${kind} of the repository can be named here`);
  }
  const outside = () =>
    refuse(
      'leads out of the repository',
      `Name a ${kind} of the repository, or give it as a flag on the command line.`,
    );
  // Decided on the text alone first, so that nothing outside is even looked at.
  if (!isInside(resolve(await files.realPath(config.root), written), config.boundary)) throw outside();
  const found = resolve(config.root, written);
  const kindFound = await files.kindOf(found);
  if (kindFound === 'missing')
    throw refuse('does not exist', `Paths in ${config.name} are read from ${quote(config.root)}.`);
  if (!isInside(await files.realPath(found), config.boundary)) throw outside();
  if (kindFound !== kind) throw refuse(`is ${words[kindFound]}, not a ${kind}`);
  return found;
}

const words: Readonly<Record<FileKind, string>> = {
  file: 'a file',
  folder: 'a folder',
  other: 'not a regular file',
  missing: 'missing',
};
