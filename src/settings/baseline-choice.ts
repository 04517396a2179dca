import { resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { ConfiguredImage } from './build-inputs.ts';
import { configError } from './config-file.ts';
import { configuredPath } from './configured-path.ts';
import type { Files } from './files.ts';
import { hasTransport, type ImageSource, readImageSource } from './image-source.ts';
import { quote } from './quote.ts';

/** What a baseline can be asked for by a word alone; `auto` is the whole chain. */
export const baselineWords = ['auto', 'cache', 'artifact', 'rebuild', 'none'] as const;
export type BaselineWord = (typeof baselineWords)[number];

/** Where the image to compare with comes from. */
export type BaselineChoice =
  | { readonly kind: Exclude<BaselineWord, 'rebuild'> }
  /** A recorded report, absolute; it may not be there yet. */
  | { readonly kind: 'file'; readonly path: string; readonly asWritten: string }
  | { readonly kind: 'image'; readonly source: ImageSource }
  /** Without a revision: the base commit of the run. */
  | { readonly kind: 'rebuild'; readonly revision?: string };

type Place = { readonly cwd: string; readonly files: Files };

/** What was typed for --baseline: a file, an image with its transport, or `rebuild:REVISION`. Throws UserError (exit 2). */
export async function typedBaseline(written: string, { cwd, files }: Place): Promise<BaselineChoice> {
  const revision = revisionIn(written);
  if (revision !== undefined) return { kind: 'rebuild', revision: usableRevision('--baseline', revision) };
  if (hasTransport(written)) return { kind: 'image', source: await readImageSource(written, { cwd, files }) };
  const path = resolve(cwd, written);
  const kind = await files.kindOf(path);
  if (kind === 'missing' && written === 'none') return { kind: 'none' };
  if (kind === 'missing' && written === 'rebuild') {
    throw new UserError('--baseline: there is no file `rebuild`, and no commit is named.', {
      hint: 'Write rebuild:COMMIT, such as rebuild:main.',
    });
  }
  // One that is not there yet is a first run: the report says so, and nothing else changes.
  if (kind === 'file' || kind === 'missing') return { kind: 'file', path, asWritten: written };
  throw new UserError(`--baseline: ${quote(written)} is not a regular file.`, {
    hint: 'Name a report that was written with --record or --format json.',
  });
}

/** What the config file says of one image. It may be a stranger's: no path leads out of the repository. */
export async function configuredBaseline(
  { file, name, image }: ConfiguredImage,
  files: Files,
): Promise<BaselineChoice | undefined> {
  const written = image.baseline;
  if (written === undefined) return undefined;
  const word = baselineWords.find((known) => known === written);
  if (word !== undefined) return { kind: word };
  const path = ['images', name, 'baseline'];
  const refuse = (sentence: string) =>
    configError(file, path, {
      sentence: `${quote(written)} ${sentence}`,
      hint: `Write ${baselineWords.join(', ')}, docker://REGISTRY/NAME, or a file of the repository.`,
    });
  if (written.startsWith('docker://')) {
    return { kind: 'image', source: await readImageSource(written, { cwd: file.root, files }) };
  }
  if (hasTransport(written) || revisionIn(written) !== undefined) throw refuse('is not supported in this file');
  return { kind: 'file', path: await configuredPath(file, { path, written, kind: 'file' }, files), asWritten: written };
}

/** Which path of this machine a typed baseline names, if any; of `oci:DIR:TAG` each reading that the colons allow. */
export function pathsInBaseline(written: string): readonly string[] {
  if (revisionIn(written) !== undefined) return [];
  if (!hasTransport(written)) return [written];
  const place = /^(?:oci|oci-archive|docker-archive):(.*)$/s.exec(written)?.[1];
  if (place === undefined) return [];
  const cuts = [...place.matchAll(/:/g)].map(({ index }) => place.slice(0, index));
  return [place, ...cuts].filter((path) => path !== '');
}

function revisionIn(written: string): string | undefined {
  return /^rebuild:(.*)$/s.exec(written)?.[1];
}

function usableRevision(flag: string, revision: string): string {
  if (/^[^-\s:][^\s:]{0,199}$/.test(revision)) return revision;
  throw new UserError(`${flag}: ${quote(revision)} names no commit.`, {
    hint: 'Write rebuild:COMMIT, such as rebuild:main.',
  });
}
