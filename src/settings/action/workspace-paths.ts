import { resolve } from 'node:path';
import { UserError } from '../../user-error.ts';
import type { Files } from '../files.ts';
import { quote } from '../quote.ts';
import { isInside } from '../repository.ts';
import type { InputName } from './input-names.ts';

/** A path as an input names it, read from the workspace. */
export type NamedPath = { readonly input: InputName; readonly path: string };

/**
 * Throws UserError for a path of the checkout that leads out of it by a symbolic link. What a workflow names outside is
 * trusted; but a pull request can put a link in the place of every file and folder inside. `workspace` is absolute.
 */
export async function refuseLinksOut(
  paths: readonly NamedPath[],
  { workspace, files }: { readonly workspace: string; readonly files: Files },
): Promise<void> {
  const checkout = await files.realPath(workspace);
  for (const { input, path } of paths) {
    const named = resolve(workspace, path);
    if (!isInside(named, workspace) && !isInside(named, checkout)) continue;
    if ((await files.kindOf(named)) === 'missing') continue;
    if (isInside(await files.realPath(named), checkout)) continue;
    throw new UserError(`${input}: ${quote(path)} leads out of the checkout by a symbolic link.`, {
      hint: 'Put the files themselves into the repository.',
    });
  }
}
