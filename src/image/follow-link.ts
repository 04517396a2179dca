import { findNode, type TreeNode } from './file-tree.ts';
import type { ImagePath } from './image.ts';

/** The node that a path leads to inside the tree, symlinks followed to the end; undefined when it leads nowhere or in a circle. */
export function followLink(root: TreeNode, path: ImagePath): TreeNode | undefined {
  const direct = findNode(root, path);
  if (direct && direct.entry?.type !== 'symlink') return direct;
  return walk(root, path);
}

/** As the kernel walks: `..` of the root is the root, at most 40 symlinks (path_resolution(7)). */
function walk(root: TreeNode, path: string): TreeNode | undefined {
  const todo = path.split('/').reverse();
  let node = root;
  let hops = 0;
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
    hops++;
    const target = next.entry.linkTarget ?? '';
    if (hops > maxHops || target.length > maxTarget) return undefined;
    if (target.startsWith('/')) node = root;
    todo.push(...target.split('/').reverse());
  }
  return node;
}

const maxHops = 40;
/** PATH_MAX of Linux; a longer target cannot be followed there either. */
const maxTarget = 4096;
