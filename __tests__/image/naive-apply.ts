import type { Image, LayerEntry } from '../../src/image/image.ts';

/** `link` is a symlink's target. */
type Thing = { readonly isDirectory: boolean; readonly body: Body | null; readonly link?: string | undefined };
type Body = { readonly layer: number; readonly bytes: number };
type Tree = Map<string, Thing>;

/** The rules of design.md told again with plain maps and no thought of speed: each layer unpacked alone, then laid over. */
export function naiveApply(layers: Image['layers']) {
  const lower: Tree = new Map();
  const wastedByLayer = layers.map(() => 0);
  const hidesByLayer = layers.map(() => 0);
  const waiting = new Set<Body>();
  layers.forEach((layer, position) => {
    const upper: Tree = new Map();
    const born: Body[] = [];
    const hidden: Hidden[] = [];
    for (const entry of layer.entries) unpack(entry, { upper, lower, layer: position, born, hidden });
    for (const body of born) waiting.add(body);
    for (const { path, withItself } of hidden) remove(lower, path, withItself);
    for (const [path, thing] of [...upper].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (!(thing.isDirectory && lower.get(path)?.isDirectory)) remove(lower, path, true);
      lower.set(path, thing);
    }
    const named = new Set([...lower.values()].map(({ body }) => body));
    for (const body of [...waiting]) {
      if (named.has(body)) continue;
      waiting.delete(body);
      wastedByLayer[body.layer] = (wastedByLayer[body.layer] ?? 0) + body.bytes;
      if (body.layer < position) hidesByLayer[position] = (hidesByLayer[position] ?? 0) + body.bytes;
    }
  });
  const visible = new Set([...lower.values()].flatMap(({ body }) => (body ? [body] : [])));
  return {
    tree: [...lower]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, { isDirectory, body }]) => [path, isDirectory, body?.bytes ?? 0]),
    visibleBytes: [...visible].reduce((sum, { bytes }) => sum + bytes, 0),
    wastedByLayer,
    hidesByLayer,
  };
}

/** What a layer takes away below it: a path with all that is under it, or only what is under it. */
type Hidden = { readonly path: string; readonly withItself: boolean };

type Unpacking = {
  readonly upper: Tree;
  readonly lower: Tree;
  readonly layer: number;
  readonly born: Body[];
  readonly hidden: Hidden[];
};

function unpack(entry: LayerEntry, { upper, lower, layer, born, hidden }: Unpacking): void {
  const { type, path } = entry;
  if (type === 'opaque') {
    const at = makeDirectory(upper, path);
    // Overlayfs merges the roots of all layers.
    if (at !== '') hidden.push({ path: at, withItself: false });
    return;
  }
  if (path === '') {
    // Nothing but a directory can stand at the root, and none can be whited out.
    if (type === 'file') born.push({ layer, bytes: entry.bytes });
    return;
  }
  const at = join(makeDirectory(upper, dirname(path)), basename(path));
  if (type === 'whiteout') hidden.push({ path: at, withItself: true });
  else if (type === 'directory') {
    if (!upper.get(at)?.isDirectory) {
      remove(upper, at, true);
      // The directory stands where overlayfs would have kept the whiteout.
      hidden.splice(0, hidden.length, ...hidden.filter(({ path: gone, withItself }) => gone !== at || !withItself));
    }
    upper.set(at, { isDirectory: true, body: null });
  } else {
    const linked = type === 'hardlink' ? findTarget(upper, lower, entry.linkTarget ?? '') : undefined;
    const own = type === 'file' ? { layer, bytes: entry.bytes } : null;
    if (own) born.push(own);
    remove(upper, at, true);
    const link = type === 'symlink' ? entry.linkTarget : linked?.link;
    upper.set(at, { isDirectory: false, body: own ?? linked?.body ?? null, link });
  }
}

/** A name in the same layer wins, symlinks on the way followed; else one in the layers below. A directory has no second name. */
function findTarget(upper: Tree, lower: Tree, target: string): Thing | undefined {
  const directory = target === '' ? null : resolve(upper, dirname(target));
  const own =
    directory === null || !isDirectory(upper, directory) ? undefined : upper.get(join(directory, basename(target)));
  const found = own ?? lower.get(target);
  return found?.isDirectory ? undefined : found;
}

/** Makes the directory with its parents, through the layer's own symlinks and what they lead to; gives where it is. */
function makeDirectory(upper: Tree, path: string, at = '', hops = { left: 40 }): string {
  if (path === '') return at;
  const slash = path.indexOf('/');
  const part = slash < 0 ? path : path.slice(0, slash);
  const rest = slash < 0 ? '' : path.slice(slash + 1);
  if (part === '' || part === '.') return makeDirectory(upper, rest, at, hops);
  if (part === '..') return makeDirectory(upper, rest, dirname(at), hops);
  const next = join(at, part);
  const link = upper.get(next)?.link;
  if (link !== undefined && hops.left-- > 0 && link.length <= 4096) {
    return makeDirectory(upper, rest, makeDirectory(upper, link, link.startsWith('/') ? '' : at, hops), hops);
  }
  if (!upper.get(next)?.isDirectory) {
    remove(upper, next, true);
    upper.set(next, { isDirectory: true, body: null });
  }
  return makeDirectory(upper, rest, next, hops);
}

/** Where a path leads, as path_resolution(7) tells it; null when that is nowhere. */
function resolve(tree: Tree, path: string, hops = { left: 40 }): string | null {
  let at = '';
  const parts = path.split('/');
  for (const [i, part] of parts.entries()) {
    if (part === '' || part === '.') continue;
    if (!isDirectory(tree, at)) return null;
    if (part === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, part);
    const thing = tree.get(next);
    if (thing === undefined) return null;
    if (thing.link === undefined) {
      at = next;
      continue;
    }
    hops.left--;
    if (hops.left < 0 || thing.link.length > 4096) return null;
    const start = thing.link.startsWith('/') ? thing.link : `${at}/${thing.link}`;
    return resolve(tree, [start, ...parts.slice(i + 1)].join('/'), hops);
  }
  return at;
}

function isDirectory(tree: Tree, path: string): boolean {
  return path === '' || tree.get(path)?.isDirectory === true;
}

function remove(tree: Tree, path: string, withItself: boolean): void {
  for (const other of [...tree.keys()]) {
    if (other.startsWith(path === '' ? '' : `${path}/`) || (withItself && other === path)) tree.delete(other);
  }
}

function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

function dirname(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function basename(path: string): string {
  return path.split('/').at(-1) ?? '';
}
