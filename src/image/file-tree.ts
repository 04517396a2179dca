import type { ImagePath, LayerEntry } from './image.ts';

/** One regular-file entry with its bytes, under however many names. */
export type Body = {
  readonly layer: number;
  readonly entry: LayerEntry;
  /** Where symlinks of its layer led it; null when that is the entry's own path. */
  readonly landedAt: ImagePath | null;
  names: number;
};

/** A name in a tree that is being built. A directory that only its children imply has no entry of its own. */
export type TreeNode = {
  readonly name: string;
  parent: TreeNode | null;
  entry: LayerEntry | null;
  layer: number;
  body: Body | null;
  /** Null for everything but directories. */
  children: Map<string, TreeNode> | null;
};

/** An empty directory; the root when it has no parent. */
export function createDirectory(parent: TreeNode | null, name: string, layer: number): TreeNode {
  return { name, parent, entry: null, layer, body: null, children: new Map() };
}

/** A node that is no directory. */
export function createLeaf(parent: TreeNode, name: string, layer: number, entry: LayerEntry): TreeNode {
  return { name, parent, entry, layer, body: null, children: null };
}

/** The node at a path without following symlinks; undefined when nothing is there. */
export function findNode(root: TreeNode, path: ImagePath): TreeNode | undefined {
  if (path === '') return root;
  let node: TreeNode | undefined = root;
  for (const part of path.split('/')) node = node?.children?.get(part);
  return node;
}

/** Where the node stands in the image. */
export function pathOf(node: TreeNode): ImagePath {
  const parts: string[] = [];
  for (let at: TreeNode = node; at.parent !== null; at = at.parent) parts.push(at.name);
  return parts.reverse().join('/');
}

/** Calls `visit` for the node and everything below it, without recursion: hostile trees are deep. */
export function forEachNode(node: TreeNode, visit: (node: TreeNode) => void): void {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    visit(next);
    if (next.children) for (const child of next.children.values()) stack.push(child);
  }
}
