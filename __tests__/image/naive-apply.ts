import type { Image, LayerEntry } from '../../src/image/image.ts';

type Thing = { readonly isDirectory: boolean; readonly body: Body | null };
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
    for (const entry of layer.entries) unpack(entry, upper, lower, position, born);
    for (const body of born) waiting.add(body);
    for (const { type, path } of layer.entries) {
      if (type === 'whiteout') remove(lower, path, true);
      if (type === 'opaque') remove(lower, path, false);
    }
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

function unpack(entry: LayerEntry, upper: Tree, lower: Tree, layer: number, born: Body[]): void {
  const { type, path } = entry;
  const parts = path === '' ? [] : path.split('/');
  const depth = type === 'opaque' ? parts.length : parts.length - 1;
  for (let length = 1; length <= depth; length++) addDirectory(upper, parts.slice(0, length).join('/'));
  if (type === 'whiteout' || type === 'opaque') return;
  if (type === 'directory') {
    addDirectory(upper, path);
    return;
  }
  const target = entry.linkTarget ?? '';
  const linked = type === 'hardlink' ? (upper.get(target) ?? lower.get(target))?.body : undefined;
  const own = type === 'file' ? { layer, bytes: entry.bytes } : null;
  if (own) born.push(own);
  remove(upper, path, true);
  upper.set(path, { isDirectory: false, body: own ?? linked ?? null });
}

function addDirectory(tree: Tree, path: string): void {
  if (tree.get(path)?.isDirectory) return;
  remove(tree, path, true);
  tree.set(path, { isDirectory: true, body: null });
}

function remove(tree: Tree, path: string, withItself: boolean): void {
  for (const other of [...tree.keys()]) {
    if (other.startsWith(path === '' ? '' : `${path}/`) || (withItself && other === path)) tree.delete(other);
  }
}
