import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Files } from './files.ts';
import { quote } from './quote.ts';
import { isRemote, quoteRemote } from './remote-context.ts';

type Place = { readonly cwd: string; readonly files: Files };

/** Absolute path of the build context that the user typed; trusted, wherever it lies. */
export async function typedContext(written: string, { cwd, files }: Place): Promise<string> {
  if (written === '-') {
    throw new UserError('A build context from standard input (`-`) is not supported yet.', {
      hint: 'Give a folder: `stagegate check .`',
    });
  }
  if (written === '')
    throw new UserError('The build context is an empty text.', { hint: 'Give a folder, such as `.`' });
  const path = resolve(cwd, written);
  const kind = await files.kindOf(path);
  if (kind === 'folder') return path;
  if (kind !== 'missing') throw notAFolder(written);
  if (isRemote(written)) {
    throw new UserError(
      `The build context ${quoteRemote(written)} is a Git repository or URL, which is not supported yet.`,
      {
        hint: 'Check it out first, then give the folder.',
      },
    );
  }
  throw new UserError(`The build context ${quote(written)} does not exist.`, { hint: 'Give a folder that exists.' });
}

function notAFolder(written: string): UserError {
  const name = basename(written).toLowerCase();
  const isDockerfile = name.startsWith('dockerfile') || name.endsWith('dockerfile');
  return new UserError(`The build context ${quote(written)} is a file, not a folder.`, {
    hint: isDockerfile
      ? `Write the Dockerfile with --file: stagegate check --file ${written} ${dirname(written)}`
      : 'Give the folder that holds the files of the build.',
  });
}
