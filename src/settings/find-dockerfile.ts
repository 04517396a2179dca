import { join, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Files } from './files.ts';
import { quote } from './quote.ts';
import { isRemote, quoteRemote } from './remote-context.ts';
import { isInside, repositoryOf } from './repository.ts';
import { shownPath } from './shown-path.ts';

type Place = { readonly context: string; readonly cwd: string; readonly files: Files };

/** Absolute path of the Dockerfile given with `--file`, read from the working directory as docker does; trusted. */
export async function typedDockerfile(written: string, { context, cwd, files }: Place): Promise<string> {
  if (written === '-') {
    throw new UserError('A Dockerfile from standard input (`--file -`) is not supported yet.', {
      hint: 'Write it to a file and name that.',
    });
  }
  if (isRemote(written)) {
    throw new UserError(`--file: ${quoteRemote(written)} is a URL, which is not supported yet.`, {
      hint: 'Name a local file.',
    });
  }
  const path = resolve(cwd, written);
  const kind = await files.kindOf(path);
  if (kind === 'file') return path;
  if (kind === 'folder')
    throw new UserError(`--file: ${quote(written)} is a folder.`, { hint: 'Name the Dockerfile in it.' });
  if (kind === 'other') throw new UserError(`--file: ${quote(written)} is not a regular file.`);
  const inContext = join(context, written);
  const isThere = (await files.kindOf(inContext)) === 'file';
  throw new UserError(`--file: the Dockerfile ${quote(written)} does not exist.`, {
    hint: isThere
      ? `The path is read from the working directory, as docker does; write --file ${shownPath(cwd, inContext)}`
      : 'The path is read from the working directory, as docker does.',
  });
}

/** Absolute path of `Dockerfile`, else `dockerfile`, in the context; nobody typed it, so it must not link out of the repository. */
export async function defaultDockerfile({ context, cwd, files }: Place): Promise<string> {
  for (const name of ['Dockerfile', 'dockerfile']) {
    const path = join(context, name);
    const kind = await files.kindOf(path);
    if (kind === 'missing') continue;
    if (kind !== 'file')
      throw new UserError(`${quote(shownPath(cwd, path))} is not a file, so there is nothing to build.`);
    await refuseLinkOut(path, { context, cwd, files });
    return path;
  }
  throw new UserError(`There is no Dockerfile in ${quote(shownPath(cwd, context))}.`, {
    hint: 'Name it with --file, or give the folder that holds it.',
  });
}

async function refuseLinkOut(path: string, { context, cwd, files }: Place): Promise<void> {
  const repository = await repositoryOf(context, files);
  if (repository === undefined || isInside(await files.realPath(path), repository)) return;
  throw new UserError(`${quote(shownPath(cwd, path))} is a symbolic link that leads out of the repository.`, {
    hint: 'If that is meant, name the Dockerfile with --file.',
  });
}
