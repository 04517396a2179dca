import { type Body, pathOf, type TreeNode } from './file-tree.ts';
import type { LayerEntry } from './image.ts';

/** A body that lost its last name, with all the paths at which it lost one in that layer. */
export type LostBody = { readonly body: Body; readonly paths: readonly string[] };

/** Counts the names of every body, layer by layer, and remembers which bodies lost their last one. */
export class NameLedger {
  #dropped = new Map<Body, string[]>();
  #nameless: LostBody[] = [];

  /** A new body with its first name. */
  addBody(layer: number, entry: LayerEntry, landedAt: string | null): Body {
    return { layer, entry, landedAt, names: 1 };
  }

  /** One name more; gives the body back. */
  addName(body: Body): Body {
    body.names++;
    return body;
  }

  /** A body that nothing ever names. */
  addNameless(layer: number, entry: LayerEntry): void {
    this.#nameless.push({ body: { layer, entry, landedAt: null, names: 0 }, paths: [] });
  }

  /** The node's body loses the node as a name. */
  dropName(node: TreeNode): void {
    const body = node.body;
    if (body === null) return;
    body.names--;
    const paths = this.#dropped.get(body);
    if (paths) paths.push(pathOf(node));
    else this.#dropped.set(body, [pathOf(node)]);
  }

  /** The bodies without a name at the end of a layer; the next layer starts afresh. */
  takeLost(): readonly LostBody[] {
    const lost = [...this.#nameless];
    for (const [body, paths] of this.#dropped) if (body.names === 0) lost.push({ body, paths });
    this.#dropped = new Map();
    this.#nameless = [];
    return lost;
  }
}
