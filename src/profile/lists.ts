import picomatch from 'picomatch';
import type { FileNode, RootFilesystem } from '../image/root-filesystem.ts';
import type { Steps } from '../slices.ts';
import { UserError } from '../user-error.ts';
import type { ListedFile, Profile } from './profile.ts';

/** Which files and which waste a profile lists. */
export type Lists = {
  /** The most of the largest files, and of the waste. */
  readonly top: number;
  /** Globs on absolute paths; what matches one of them is listed. */
  readonly paths: readonly string[];
  /** Position; only what concerns this layer. Its files are listed, all of them unless `paths` says which. */
  readonly layer?: number;
};

export const defaultLists: Lists = { top: 20, paths: [] };

/**
 * One pass, and of the largest never more than a list's length in hand: an image may have a million files. Whoever else
 * wants to see every name joins it: `visit` hears of each in turn.
 */
export function* describingFiles(
  filesystem: RootFilesystem,
  lists: Lists,
  visit: (node: FileNode) => void = () => {},
): Steps<Profile['files']> {
  const largest: Large[] = [];
  const isListed = matcher(lists);
  const list: ListedFile[] = [];
  let count = 0;
  let names = 0;
  for (const node of filesystem.files.values()) {
    if (++names % namesAStep === 0) yield;
    const { path, body } = node;
    visit(node);
    if (isListed?.(node)) list.push(describeFile(node));
    if (body === null) continue;
    count++;
    if (lists.layer === undefined || lists.layer === body.layer) insertLargest(largest, { path, body }, lists.top);
  }
  return {
    count,
    largest: largest.map(({ path, body }) => ({ path: `/${path}`, bytes: body.entry.bytes, layer: body.layer })),
    ...(isListed === undefined ? {} : { list }),
  };
}

/** The largest wasted bodies; with a layer, those that it holds and those that it hid. */
export function describeWaste(filesystem: RootFilesystem, { top, layer }: Lists): Profile['waste'] {
  const ofLayer = filesystem.waste.filter(
    (body) => layer === undefined || body.layer === layer || body.hiddenBy === layer,
  );
  return ofLayer.slice(0, top).map((body) => ({ ...body, path: `/${body.path}` }));
}

/** What the lists were narrowed to, for whoever reads them; nothing when they are whole. */
export function focusOf({ layer, paths }: Lists): Pick<Profile, 'focus'> {
  if (layer === undefined && paths.length === 0) return {};
  return { focus: { ...(layer === undefined ? {} : { layer }), paths: [...paths] } };
}

/** Says of a glob that it cannot be one (exit 2). */
export function refuseGlob(glob: string): void {
  compile(glob);
}

function matcher({ paths, layer }: Lists): ((node: FileNode) => boolean) | undefined {
  if (layer === undefined && paths.length === 0) return undefined;
  const globs = paths.map(compile);
  const matches = (path: string) => globs.length === 0 || globs.some((isMatch) => isMatch(path));
  return (node) => (layer === undefined || node.layer === layer) && matches(node.path);
}

/** `**` matches all, names with a leading dot and the root too. */
function compile(glob: string): (path: string) => boolean {
  const pattern = glob.replace(/^\/+(?=.)/, '');
  if (pattern === '**') return () => true;
  try {
    return picomatch(pattern, { dot: true, nonegate: true, windows: false });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`--path: this is no glob: ${reason}`, { cause });
  }
}

function describeFile({ path, layer, entry, body }: FileNode): ListedFile {
  const { type, mode, uid, gid, linkTarget } = entry;
  return {
    path: `/${path}`,
    // No root filesystem has a whiteout: it is what a layer says to take away.
    type: type === 'whiteout' || type === 'opaque' ? 'char' : type,
    mode,
    uid,
    gid,
    bytes: body?.entry.bytes ?? 0,
    ...(linkTarget === undefined ? {} : { linkTarget: type === 'hardlink' ? `/${linkTarget}` : linkTarget }),
    layer,
  };
}

/** About a millisecond's. */
const namesAStep = 500;

type Large = Pick<FileNode, 'path'> & { readonly body: NonNullable<FileNode['body']> };

/** Largest first. Each body once, under its first name: hard links would list the same bytes again. Paths come sorted. */
function insertLargest(largest: Large[], file: Large, most: number): void {
  const { bytes } = file.body.entry;
  const smallest = largest.at(-1);
  if (largest.length === most && (smallest === undefined || smallest.body.entry.bytes >= bytes)) return;
  if (largest.some((known) => known.body.entry === file.body.entry)) return;
  const before = largest.findIndex((known) => known.body.entry.bytes < bytes);
  largest.splice(before === -1 ? largest.length : before, 0, file);
  if (largest.length > most) largest.pop();
}
