import { endsLikeFile } from './file-names.ts';
import { below, join, meetsTree, type Region, wholeTree } from './region.ts';
import { hasWildcard } from './surely-writes.ts';
import type { CopySource, CopyWrite } from './write.ts';

/**
 * Where a COPY may have taken what it wrote into the region: regions of the stage, image or context that it copies
 * from. Undefined when it cannot have written there. Where a source may be a file or a folder both readings stand.
 * `madeHere` is true when the text of a heredoc may be it.
 */
export function copyRegions(
  copy: CopyWrite,
  region: Region,
): { readonly regions: readonly Region[]; readonly madeHere: boolean } | undefined {
  const regions = copy.sources.flatMap((source) => (source.kind === 'text' ? [] : sourceRegions(copy, source, region)));
  const madeHere = copy.sources.some((source) => source.kind === 'text' && meetsText(copy, source.name, region));
  return regions.length === 0 && !madeHere ? undefined : { regions: distinct(regions), madeHere };
}

function meetsText({ dest, isFolder }: CopyWrite, name: string, region: Region): boolean {
  if (dest === undefined) return true;
  // A folder may stand at the destination even when it is written without a slash.
  const files = isFolder ? [join(dest, name)] : [dest, join(dest, name)];
  return files.some((file) => file === region.path || (region.isTree && below(region.path, file) !== undefined));
}

function sourceRegions(
  copy: CopyWrite,
  source: Exclude<CopySource, { kind: 'text' }>,
  region: Region,
): readonly Region[] {
  const { dest } = copy;
  if (dest !== undefined && !meetsTree(region, dest)) return [];
  if (source.kind === 'unknown') return [wholeTree];
  const fixed = fixedPart(source.path);
  if (dest === undefined || (copy.unpacks && region.path !== dest)) return [{ path: fixed.path, isTree: true }];
  const inside = below(dest, region.path);
  // The region holds the whole destination.
  if (inside === undefined || (inside === '' && region.isTree)) return [{ path: fixed.path, isTree: true }];
  if (copy.keepsParents) return parentRegions(source, { ...region, path: inside });
  return fixed.isWhole
    ? plainRegions(source.path, { ...region, path: inside }, copy.isFolder)
    : wildRegions(source.path, { ...region, path: inside }, copy.isFolder);
}

/** A folder's content goes into the destination; a file goes to it, or into it under its own name. */
function plainRegions(path: string, inside: Region, isFolder: boolean): readonly Region[] {
  if (inside.path === '') return isFolder ? [] : [{ path, isTree: false }];
  const asFile = inside.path === lastName(path) ? [{ path, isTree: false }] : [];
  return endsLikeFile(path) ? asFile : [...asFile, { path: join(path, inside.path), isTree: inside.isTree }];
}

/** Of a pattern: a file that matches goes in under its own name, and so does the content of a folder that matches. */
function wildRegions(pattern: string, inside: Region, isFolder: boolean): readonly Region[] {
  const fixed = fixedPart(pattern).path;
  const mayBeFile = inside.path === '' ? !isFolder : canMatch(lastName(pattern), inside.path);
  return mayBeFile || !endsLikeFile(pattern) ? [{ path: fixed, isTree: true }] : [];
}

/** By what stands before the first and behind the last wildcard; a name too many only makes an answer less certain. */
function canMatch(pattern: string, name: string): boolean {
  const [head = ''] = pattern.split(/[*?[\\]/, 1);
  const tail = pattern.slice(pattern.search(/[^*?[\]\\]*$/));
  return !name.includes('/') && name.startsWith(head) && name.endsWith(tail);
}

/** With --parents the path behind the pivot is kept, so the source's path follows from the destination's. */
function parentRegions(source: Extract<CopySource, { kind: 'path' }>, inside: Region): readonly Region[] {
  const parts = source.path.split('/').filter(Boolean);
  const head = parts.slice(0, source.pivot).join('/');
  const tail = parts.slice(source.pivot).join('/');
  const fixedHead = fixedPart(head);
  if (!fixedHead.isWhole) return [{ path: fixedHead.path, isTree: true }];
  const fixedTail = fixedPart(tail).path;
  if (!meetsTree(inside, fixedTail)) return [];
  return [{ path: join(head, inside.path), isTree: inside.isTree }];
}

/** The components before the first with a wildcard; `isWhole` when there is none. */
function fixedPart(path: string): { readonly path: string; readonly isWhole: boolean } {
  const parts = path.split('/');
  const at = parts.findIndex(hasWildcard);
  return at < 0 ? { path, isWhole: true } : { path: parts.slice(0, at).join('/'), isWhole: false };
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function distinct(regions: readonly Region[]): readonly Region[] {
  return [...new Map(regions.map((region) => [`${region.isTree} ${region.path}`, region])).values()];
}
