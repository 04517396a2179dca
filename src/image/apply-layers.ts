import { runAtOnce, type Steps } from '../slices.ts';
import { createDirectory, findNode, pathOf, type TreeNode } from './file-tree.ts';
import { followLink } from './follow-link.ts';
import type { Image, LayerEntry } from './image.ts';
import { unpackLayer } from './layer-tree.ts';
import { mergeLayer } from './merge-layer.ts';
import { type LostBody, NameLedger } from './name-ledger.ts';
import type { RootFilesystem, WastedBody } from './root-filesystem.ts';
import { TreeBounds } from './tree-bounds.ts';
import { TreeFiles, toFileNode } from './tree-files.ts';

/** Applies layers, base first, as overlayfs does (image-spec, layer.md); the sizes are those of design.md, exact to the byte. */
export function applyLayers(layers: Image['layers']): RootFilesystem {
  return runAtOnce(applyingLayers(layers));
}

/** The same in steps: a million files take seconds. */
export function* applyingLayers(layers: Image['layers']): Steps<RootFilesystem> {
  const root = createDirectory(null, '', 0);
  const ledger = new NameLedger();
  const waste: WastedBody[] = [];
  const bounds = new TreeBounds();
  for (const { entries } of layers) bounds.addEntries(entries.length);
  const notes: string[] = [];
  for (const layer of layers) {
    const tree = yield* unpackLayer(layer, root, { ledger, bounds });
    yield* mergeLayer(root, tree, ledger);
    notes.push(...tree.notes);
    for (const lost of ledger.takeLost()) {
      waste.push(describeWaste(root, lost, layer.position));
      yield;
    }
  }
  return { ...createRootFilesystem(root, waste, layers), notes };
}

/** What hid the body is judged by what the layer left at the body's names, not by the order in which it did so. */
function describeWaste(root: TreeNode, { body, paths }: LostBody, hiddenBy: number): WastedBody {
  const replacements = paths.map((path) => findNode(root, path)).filter((node) => node?.layer === hiddenBy);
  const hasSameContent = replacements.some((node) => node?.body && isSameContent(node.body.entry, body.entry));
  const reason = hasSameContent ? 'mode-or-owner' : replacements.length > 0 ? 'overwritten' : 'deleted';
  return { path: body.landedAt ?? body.entry.path, bytes: body.entry.bytes, layer: body.layer, hiddenBy, reason };
}

function isSameContent(a: LayerEntry, b: LayerEntry): boolean {
  return a.bytes === b.bytes && a.contentHash !== undefined && a.contentHash === b.contentHash;
}

function createRootFilesystem(
  root: TreeNode,
  waste: readonly WastedBody[],
  layers: Image['layers'],
): Omit<RootFilesystem, 'notes'> {
  const unpackedBytes = layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0);
  const wastedBytes = waste.reduce((sum, body) => sum + body.bytes, 0);
  return {
    files: new TreeFiles(root),
    visibleBytes: unpackedBytes - wastedBytes,
    wastedBytes,
    waste: waste.filter((body) => body.bytes > 0).sort(largestFirst),
    wastedByLayer: sumByLayer(layers, waste, (body) => body.layer),
    // What a layer writes twice itself is its waste, but it hid nothing of others.
    hidesByLayer: sumByLayer(
      layers,
      waste.filter((body) => body.layer < body.hiddenBy),
      (body) => body.hiddenBy,
    ),
    lookUp: (path) => {
      const node = followLink(root, path);
      return node && toFileNode(pathOf(node), node);
    },
  };
}

function largestFirst(a: WastedBody, b: WastedBody): number {
  if (a.bytes !== b.bytes) return b.bytes - a.bytes;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.layer - b.layer;
}

function sumByLayer(
  layers: Image['layers'],
  waste: readonly WastedBody[],
  layerOf: (body: WastedBody) => number,
): readonly number[] {
  const sums = new Map<number, number>();
  for (const body of waste) sums.set(layerOf(body), (sums.get(layerOf(body)) ?? 0) + body.bytes);
  return layers.map(({ position }) => sums.get(position) ?? 0);
}
