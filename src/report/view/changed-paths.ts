import type { Delta, FileDelta } from '../../compare/delta.ts';
import type { Profile } from '../../profile/profile.ts';
import { count } from './count.ts';

/** The paths of a delta that are worth a row, and what all others come to. */
export type ChangedPaths = {
  readonly title: string;
  readonly shown: readonly FileDelta[];
  readonly left: { readonly count: number; readonly bytes: number };
};

/** How many paths a report shows unless told otherwise. */
export const mostPaths = 10;

/** The `most` paths that grew most; where none grew, those that shrank most; where no size changed, what else did. */
export function changedPaths({ files }: Pick<Delta, 'files'>, most = mostPaths): ChangedPaths | undefined {
  if (files.length === 0) return undefined;
  const [title, candidates] = pick(files);
  const shown = [...candidates].sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes)).slice(0, most);
  const isShown = new Set(shown);
  const left = files.filter((file) => !isShown.has(file) && !isPlainDirectory(file));
  return { title, shown, left: { count: left.length, bytes: left.reduce((sum, { bytes }) => sum + bytes, 0) } };
}

/** One that came or went tells nothing that the files in it do not. */
function isPlainDirectory({ kind, before, after }: FileDelta): boolean {
  return (kind === 'added' || kind === 'removed') && (after ?? before)?.type === 'directory';
}

function pick(files: readonly FileDelta[]): readonly [string, readonly FileDelta[]] {
  const grown = files.filter(({ bytes }) => bytes > 0);
  if (grown.length > 0) return ['Paths that grew most', grown];
  const shrunk = files.filter(({ bytes }) => bytes < 0);
  return shrunk.length > 0 ? ['Paths that shrank most', shrunk] : ['Paths that changed', files];
}

/** What happened to a path in one word, with what a size does not say: `grown`, `mode 0644 → 4755`, `added, 412 names`. */
export function pathChange(file: FileDelta): string {
  return [wordOf(file), detailOf(file)].filter((part) => part !== '').join(' ');
}

function wordOf({ kind, bytes }: FileDelta): string {
  if (kind !== 'changed' && kind !== 'folder') return kind;
  if (bytes === 0) return 'changed';
  return bytes > 0 ? 'grown' : 'shrunk';
}

function detailOf({ kind, before, after, count: names }: FileDelta): string {
  if (names !== undefined && kind === 'folder') return `(${count(names, 'name')})`;
  if (before === undefined || after === undefined) return '';
  if (kind === 'mode') return `${octal(before.mode)} → ${octal(after.mode)}`;
  if (kind === 'owner') return `${before.uid}:${before.gid} → ${after.uid}:${after.gid}`;
  return kind === 'type' ? `${before.type} → ${after.type}` : '';
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Whose a change is where no line is to be named: the base image's, or that of a layer. Empty where nobody knows. */
export function pathLayer({ layer }: FileDelta, { layers }: Pick<Profile, 'layers'>): string {
  if (layer === undefined) return '';
  return layers[layer]?.origin === 'base' ? 'base' : `layer ${layer}`;
}
