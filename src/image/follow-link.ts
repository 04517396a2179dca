import { findNode, type TreeNode } from './file-tree.ts';
import type { ImagePath } from './image.ts';

/** How many symlinks may still be followed on the way along one path, and how many characters were walked for them. */
export type Hops = { left: number; walked: number };

/** For one path. */
export function createHops(): Hops {
  return { left: maxHops, walked: 0 };
}

/** The node that a path leads to inside the tree, symlinks followed to the end; undefined when it leads nowhere or in a circle. */
export function followLink(root: TreeNode, path: ImagePath, hops: Hops = createHops()): TreeNode | undefined {
  const direct = findNode(root, path);
  if (direct && direct.entry?.type !== 'symlink') return direct;
  return walk(root, path, hops);
}

/** As the kernel walks: `..` of the root is the root. */
function walk(root: TreeNode, path: string, hops: Hops): TreeNode | undefined {
  const todo = path.split('/').reverse();
  hops.walked += path.length;
  let node = root;
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (part === '' || part === '.') continue;
    if (!node.children) return undefined;
    if (part === '..') {
      node = node.parent ?? root;
      continue;
    }
    const next = node.children.get(part);
    if (next === undefined) return undefined;
    if (next.entry?.type !== 'symlink') {
      node = next;
      continue;
    }
    const target = next.entry.linkTarget ?? '';
    if (!takeHop(hops, target)) return undefined;
    if (target.startsWith('/')) node = root;
    todo.push(...target.split('/').reverse());
  }
  return node;
}

/** Takes a symlink into account; false when it is one too many, or longer than any path may be. */
export function takeHop(hops: Hops, target: string): boolean {
  hops.left--;
  hops.walked += target.length + 1;
  return hops.left >= 0 && target.length <= maxTarget;
}

/** What the kernel follows along one path before it calls it a loop (path_resolution(7)). */
const maxHops = 40;
/** PATH_MAX of Linux; a longer target cannot be followed there either. */
const maxTarget = 4096;
