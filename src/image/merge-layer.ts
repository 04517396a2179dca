import type { Steps } from '../slices.ts';
import { findNode, forEachNode, type TreeNode } from './file-tree.ts';
import type { LayerTree } from './layer-tree.ts';
import type { NameLedger } from './name-ledger.ts';

/** Lays an unpacked layer over the tree below it. What it hides is taken away first, so the order inside its tar does not matter. */
export function* mergeLayer(lower: TreeNode, upper: LayerTree, ledger: NameLedger): Steps<void> {
  for (const path of upper.whiteouts) {
    const hidden = findNode(lower, path);
    if (hidden) removeNode(hidden, ledger);
    yield;
  }
  for (const path of upper.opaques) {
    const directory = findNode(lower, path);
    for (const child of [...(directory?.children?.values() ?? [])]) removeNode(child, ledger);
    yield;
  }
  yield* mergeDirectory(lower, upper.root, ledger);
}

function removeNode(node: TreeNode, ledger: NameLedger): void {
  forEachNode(node, (gone) => ledger.dropName(gone));
  node.parent?.children?.delete(node.name);
}

/** About a millisecond's. */
const childrenAStep = 500;

/** Directories merge, anything else replaces; a subtree that has nothing below it moves over as it is. */
function* mergeDirectory(lowerRoot: TreeNode, upperRoot: TreeNode, ledger: NameLedger): Steps<void> {
  let count = 0;
  const pairs: [TreeNode, TreeNode][] = [[lowerRoot, upperRoot]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [lower, upper] = pair;
    takeOverEntry(lower, upper);
    for (const child of upper.children?.values() ?? []) {
      const below = lower.children?.get(child.name);
      if (below?.children && child.children) pairs.push([below, child]);
      else replaceChild(lower, below, child, ledger);
      if (++count % childrenAStep === 0) yield;
    }
  }
}

/** A directory that the layer does not list keeps the mode that a lower layer gave it. */
function takeOverEntry(lower: TreeNode, upper: TreeNode): void {
  if (upper.entry === null) return;
  lower.entry = upper.entry;
  lower.layer = upper.layer;
}

function replaceChild(parent: TreeNode, below: TreeNode | undefined, child: TreeNode, ledger: NameLedger): void {
  if (below) removeNode(below, ledger);
  child.parent = parent;
  parent.children?.set(child.name, child);
}
