import { isDeepStrictEqual } from 'node:util';
import { naiveApply } from '../__tests__/image/naive-apply.ts';
import { applyLayers } from '../src/image/apply-layers.ts';
import type { Image } from '../src/image/image.ts';
import type { RootFilesystem } from '../src/image/root-filesystem.ts';
import { attempt, type Outcome } from './run-guarded.ts';

/** The same input, read in other pieces, must give the same; of several faults, another may be the first that is met. */
export function checkSame<T>(one: Outcome<T>, other: Outcome<T>): void {
  const areRefused = 'refusal' in one && 'refusal' in other;
  if (!areRefused && !isDeepStrictEqual(one, other)) {
    throw new Error(`other pieces, other outcome: ${brief(one)} and ${brief(other)}`);
  }
}

/** Applies the layers and checks sums, names and links; small images are held against the naive model too. */
export async function checkLayers(layers: Image['layers']): Promise<void> {
  const applied = await attempt(() => applyLayers(layers));
  if ('refusal' in applied) return;
  const root = applied.result;
  checkSums(root, layers);
  // Links can make long paths of few bytes: what looks at all of them must not pass for a slow reader.
  let left = mostPathChars;
  for (const node of root.files.values()) {
    left -= node.path.length;
    if (left < 0) return;
    if (node.entry.type !== 'symlink' && !isDeepStrictEqual(root.lookUp(node.path), node))
      throw new Error(`${brief(node.path)} cannot be looked up`);
    if (node.entry.type === 'symlink') root.lookUp(node.path);
  }
  const chars = sum(layers.flatMap(({ entries }) => [...entries].map(({ path }) => path.length)));
  if (chars < 5000) checkAgainstModel(root, layers);
}

const mostPathChars = 200_000;

function checkSums(root: RootFilesystem, layers: Image['layers']): void {
  const unpacked = layers.reduce((sum, layer) => sum + layer.unpackedBytes, 0);
  const ofEntries = sum(layers.flatMap(({ entries }) => [...entries].map(({ bytes }) => bytes)));
  const bodies = new Map([...root.files.values()].flatMap(({ body }) => (body ? [[body.entry, body]] : [])));
  const isSafe = Number.isSafeInteger(unpacked);
  if (!isSafe) throw new Error('more bytes than can be counted');
  checkEqual('unpackedBytes', unpacked, ofEntries);
  checkEqual('wasted + visible', root.wastedBytes + root.visibleBytes, unpacked);
  checkEqual('wastedByLayer', sum(root.wastedByLayer), root.wastedBytes);
  if (new Set(layers.map(({ entries }) => entries)).size === layers.length)
    checkEqual('visibleBytes', root.visibleBytes, sum([...bodies.values()].map(({ entry }) => entry.bytes)));
}

function checkAgainstModel(root: RootFilesystem, layers: Image['layers']): void {
  const model = naiveApply(layers);
  const tree = [...root.files.values()]
    .filter(({ path }) => path !== '')
    .map(({ path, entry, body }) => [path, entry.type === 'directory', body?.entry.bytes ?? 0]);
  checkEqual('the tree', tree, model.tree);
  checkEqual('visibleBytes', root.visibleBytes, model.visibleBytes);
  checkEqual('wastedByLayer', root.wastedByLayer, model.wastedByLayer);
  checkEqual('hidesByLayer', root.hidesByLayer, model.hidesByLayer);
}

function checkEqual(what: string, is: unknown, shouldBe: unknown): void {
  if (!isDeepStrictEqual(is, shouldBe)) throw new Error(`${what}: ${brief(is)} and not ${brief(shouldBe)}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function brief(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 1000) ?? 'undefined';
}
