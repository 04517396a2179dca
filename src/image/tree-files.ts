import { findNode, type TreeNode } from './file-tree.ts';
import type { ImagePath } from './image.ts';
import type { FileNode, RootFiles } from './root-filesystem.ts';

/** The names of a tree, sorted by path without sorting more than one directory at a time. The root is listed only if a layer lists it. */
export class TreeFiles implements RootFiles {
  readonly #root: TreeNode;

  constructor(root: TreeNode) {
    this.#root = root;
  }

  get(path: ImagePath): FileNode | undefined {
    const node = findNode(this.#root, path);
    return node && isListed(path, node) ? toFileNode(path, node) : undefined;
  }

  *values(): Generator<FileNode, void, undefined> {
    if (isListed('', this.#root)) yield toFileNode('', this.#root);
    const open = [contentOf('', this.#root)];
    for (let items = open.at(-1); items !== undefined; items = open.at(-1)) {
      const item = items.pop();
      if (item === undefined) open.pop();
      else if (item.isContent) open.push(contentOf(`${item.parent}${item.key}`, item.node));
      else yield toFileNode(`${item.parent}${item.key}`, item.node);
    }
  }
}

/** What stands at this path. */
export function toFileNode(path: ImagePath, { entry, layer, body }: TreeNode): FileNode {
  return {
    path,
    layer,
    entry: entry ?? { path, type: 'directory', mode: 0o755, uid: 0, gid: 0, bytes: 0 },
    body: body && { layer: body.layer, entry: body.entry, names: body.names },
  };
}

function isListed(path: ImagePath, node: TreeNode): boolean {
  return path !== '' || node.entry !== null;
}

type Item = { readonly parent: string; readonly key: string; readonly node: TreeNode; readonly isContent: boolean };

/** Last first. A directory stands twice, since `a-b` sorts between `a` and what is in it, `a/…`. */
function contentOf(parent: string, directory: TreeNode): Item[] {
  const items: Item[] = [];
  for (const [name, node] of directory.children ?? []) {
    items.push({ parent, key: name, node, isContent: false });
    if (node.children) items.push({ parent, key: `${name}/`, node, isContent: true });
  }
  return items.sort((a, b) => (a.key < b.key ? 1 : -1));
}
