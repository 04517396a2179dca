import type { Leftover, LeftoverKind } from '../../profile/contents/contents-schema.ts';
import type { Profile, ProfileLayer } from '../../profile/profile.ts';
import { count } from './count.ts';

/** One heap of leftovers and who left it. */
export type LeftoverRow = {
  readonly bytes: number;
  readonly what: string;
  readonly files: string;
  readonly path: string;
  /** Undefined for a position that the report has no layer for. */
  readonly layer: ProfileLayer | undefined;
};

const words: Readonly<Record<LeftoverKind, string>> = {
  'package-lists': 'package lists',
  'package-cache': 'package cache',
  'other-cache': 'cache',
  bytecode: 'compiled Python',
  tests: 'tests of packages',
  'version-control': 'version control',
  'source-maps': 'source maps',
  logs: 'logs',
  'temporary-files': 'temporary files',
  toolchain: 'build tools',
  headers: 'headers',
};

/** What a build left behind, largest first; `only` may leave heaps out. */
export function leftoverRows(
  { contents, layers }: Pick<Profile, 'contents' | 'layers'>,
  only: (layer: ProfileLayer | undefined) => boolean = () => true,
): LeftoverRow[] {
  const rows = (contents?.leftovers.list ?? []).map((leftover) => toRow(leftover, layers[leftover.layer]));
  return rows.filter(({ layer }) => only(layer));
}

/** What the base image brought is for its maker to clean up; where nobody knows the base, all may be ours. */
export function isOurs(layer: ProfileLayer | undefined): boolean {
  return layer?.origin !== 'base';
}

function toRow({ kind, bytes, files, path }: Leftover, layer: ProfileLayer | undefined): LeftoverRow {
  return { bytes, what: words[kind], files: count(files, 'file'), path, layer };
}
