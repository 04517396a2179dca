import type { Steps } from '../slices.ts';
import { createDirectory, createLeaf, findNode, forEachNode, pathOf, type TreeNode } from './file-tree.ts';
import { createHops, followLink, takeHop } from './follow-link.ts';
import type { ImagePath, Layer, LayerEntry } from './image.ts';
import { baseNameOf, parentOf } from './image-path.ts';
import type { NameLedger } from './name-ledger.ts';
import type { TreeBounds } from './tree-bounds.ts';

/** One layer unpacked on its own, as engines do into overlayfs's upper directory, and what it says to hide below it. */
export type LayerTree = {
  readonly root: TreeNode;
  readonly whiteouts: ReadonlySet<ImagePath>;
  readonly opaques: ReadonlySet<ImagePath>;
  /** What engines refuse to unpack, or overlayfs does not show as the layer says. */
  readonly notes: readonly string[];
};

/** Unpacks a layer; hard links that lead out of it are looked up in `lower`, the tree of the layers below. */
export function* unpackLayer(
  layer: Layer,
  lower: TreeNode,
  { ledger, bounds }: { readonly ledger: NameLedger; readonly bounds: TreeBounds },
): Steps<LayerTree> {
  const unpacking = new Unpacking(layer.position, lower, ledger, bounds);
  let count = 0;
  for (const entry of layer.entries) {
    unpacking.add(entry);
    if (++count % entriesAStep === 0) yield;
  }
  return unpacking.tree;
}

/** About a millisecond's. */
const entriesAStep = 500;

class Unpacking {
  readonly #root: TreeNode;
  readonly #whiteouts = new Set<ImagePath>();
  readonly #opaques = new Set<ImagePath>();
  readonly #layer: number;
  readonly #lower: TreeNode;
  readonly #ledger: NameLedger;
  readonly #bounds: TreeBounds;
  #hasFollowed = false;
  #implied = 0;
  #danglingLinks = 0;
  #namesUnderFiles = 0;
  #emptiesRoot = false;
  /** Neighbours in a tar mostly share their directory. */
  #recent: { path: ImagePath; directory: TreeNode } | null = null;

  constructor(layer: number, lower: TreeNode, ledger: NameLedger, bounds: TreeBounds) {
    this.#layer = layer;
    this.#lower = lower;
    this.#ledger = ledger;
    this.#bounds = bounds;
    this.#root = createDirectory(null, '', layer);
  }

  get tree(): LayerTree {
    return {
      root: this.#root,
      whiteouts: this.#whiteouts,
      opaques: this.#opaques,
      notes: this.#notes(),
    };
  }

  add(entry: LayerEntry): void {
    const { path, type } = entry;
    if (type === 'whiteout') this.#addWhiteout(path);
    else if (type === 'opaque') this.#addOpaque(pathOf(this.#directoryAt(path)));
    else if (path === '') this.#addAtRoot(entry);
    else this.#place(entry, path);
  }

  /** Overlayfs merges the roots of all layers, whatever is written on them. */
  #addOpaque(path: ImagePath): void {
    if (path === '') this.#emptiesRoot = true;
    else this.#opaques.add(path);
  }

  #addWhiteout(path: ImagePath): void {
    if (path === '') return;
    const parent = pathOf(this.#directoryAt(parentOf(path)));
    this.#whiteouts.add(parent === '' ? baseNameOf(path) : `${parent}/${baseNameOf(path)}`);
  }

  /** Nothing but a directory can stand at the root: another body there never gets a name. */
  #addAtRoot(entry: LayerEntry): void {
    if (entry.type === 'directory') this.#root.entry = entry;
    else if (entry.type === 'file') this.#ledger.addNameless(this.#layer, entry);
  }

  #place(entry: LayerEntry, path: ImagePath): void {
    const parent = this.#directoryAt(parentOf(path));
    const name = ownCopy(baseNameOf(path));
    const existing = parent.children?.get(name);
    if (entry.type === 'directory' && existing?.children) {
      existing.entry = entry;
      return;
    }
    if (entry.type === 'directory' && this.#whiteouts.size > 0) this.#takeBackWhiteout(parent, name);
    // The target is looked up first: a link may name the very path that it replaces.
    const node = this.#createNode(parent, name, entry);
    if (existing) this.#remove(existing);
    parent.children?.set(name, node);
  }

  /** In overlayfs a directory takes the place of the whiteout and merges with the one below it, as if it had never been away. */
  #takeBackWhiteout(parent: TreeNode, name: string): void {
    const directory = pathOf(parent);
    this.#whiteouts.delete(directory === '' ? name : `${directory}/${name}`);
  }

  #createNode(parent: TreeNode, name: string, entry: LayerEntry): TreeNode {
    if (entry.type === 'directory') return { ...createDirectory(parent, name, this.#layer), entry };
    const node = createLeaf(parent, name, this.#layer, entry);
    const { type } = entry;
    // Without symlinks on the way the entry's path is where it lands; most bodies need no path of their own.
    if (type === 'file') node.body = this.#ledger.addBody(this.#layer, entry, this.#hasFollowed ? pathOf(node) : null);
    if (type === 'hardlink') this.#link(node, entry);
    return node;
  }

  #link(node: TreeNode, entry: LayerEntry): void {
    const path = entry.linkTarget ?? '';
    const own = this.#findOwn(path);
    if (own === undefined || own.children) this.#danglingLinks++;
    const target = own ?? findNode(this.#lower, path);
    if (target === undefined || target.children) return;
    if (target.body) node.body = this.#ledger.addName(target.body);
    // A second name of a symlink or device is that symlink or device.
    else if (target.entry) node.entry = renamed(target.entry, entry.path);
  }

  #findOwn(path: ImagePath): TreeNode | undefined {
    const hops = createHops();
    const directory = followLink(this.#root, parentOf(path), hops);
    this.#bounds.addLinkSteps(hops.walked);
    return directory?.children?.get(baseNameOf(path));
  }

  /**
   * The directory at a path, made with its parents where missing. Symlinks of this layer are followed, as in unpacking,
   * and what they lead to is made as well: that of a lower layer is not in sight there.
   */
  #directoryAt(path: ImagePath): TreeNode {
    if (path === '') return this.#root;
    if (this.#recent?.path === path && this.#isAttached(this.#recent.directory)) return this.#recent.directory;
    const hops = createHops();
    const before = this.#implied;
    const todo = path.split('/').reverse();
    let directory = this.#root;
    for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
      const target = symlinkTarget(directory, name);
      if (target === undefined || !takeHop(hops, target)) directory = this.#step(directory, name);
      else {
        todo.push(...target.split('/').reverse());
        if (target.startsWith('/')) directory = this.#root;
        this.#bounds.addPath(pathOf(directory).length);
      }
    }
    const isDirect = hops.walked === 0;
    this.#hasFollowed ||= !isDirect;
    // A path through symlinks leads elsewhere as soon as one of them is replaced.
    this.#recent = isDirect ? { path, directory } : null;
    this.#count(isDirect ? path : pathOf(directory), this.#implied - before, hops.walked);
    return directory;
  }

  #step(parent: TreeNode, name: string): TreeNode {
    if (name === '' || name === '.') return parent;
    if (name === '..') return parent.parent ?? parent;
    const existing = parent.children?.get(name);
    if (existing?.children) return existing;
    if (existing) this.#replaceByDirectory(existing);
    this.#implied++;
    const directory = createDirectory(parent, name, this.#layer);
    parent.children?.set(name, directory);
    return directory;
  }

  #replaceByDirectory(node: TreeNode): void {
    this.#namesUnderFiles++;
    this.#remove(node);
  }

  /** A link may climb down again what it made: no directory on the way lies deeper than path and links are long. */
  #count(path: ImagePath, implied: number, walked: number): void {
    this.#bounds.addImplied(implied, implied * (path.length + walked));
    if (walked === 0) return;
    this.#bounds.addLinkSteps(walked);
    this.#bounds.addPath(path.length);
  }

  #isAttached(directory: TreeNode): boolean {
    for (let node = directory; node.parent !== null; node = node.parent) {
      if (node.parent.children?.get(node.name) !== node) return false;
    }
    return true;
  }

  #notes(): readonly string[] {
    const name = `layer ${this.#layer}`;
    const notes: string[] = [];
    if (this.#danglingLinks > 0)
      notes.push(
        `${name}: ${this.#danglingLinks} hard links name no file that it holds before them; engines refuse to unpack it`,
      );
    if (this.#namesUnderFiles > 0)
      notes.push(`${name}: ${this.#namesUnderFiles} names lie under what is no directory; engines refuse to unpack it`);
    if (this.#emptiesRoot && this.#layer > 0)
      notes.push(`${name}: its opaque marker at the root hides nothing, since overlayfs shows the root of every layer`);
    return notes;
  }

  #remove(node: TreeNode): void {
    forEachNode(node, (gone) => this.#ledger.dropName(gone));
  }
}

function symlinkTarget(directory: TreeNode, name: string): string | undefined {
  const entry = directory.children?.get(name)?.entry;
  return entry?.type === 'symlink' ? (entry.linkTarget ?? '') : undefined;
}

function renamed({ type, mode, uid, gid, bytes, linkTarget }: LayerEntry, path: ImagePath): LayerEntry {
  return { path, type, mode, uid, gid, bytes, linkTarget };
}

/** A part of a string keeps the whole of it alive; with a million names that is most of the memory. */
function ownCopy(name: string): string {
  return name.length < sliceLength ? name : Buffer.from(name, 'utf8').toString('utf8');
}

/** V8 copies shorter parts by itself. */
const sliceLength = 13;
