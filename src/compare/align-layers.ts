import type { ProfileLayer } from '../profile/profile.ts';
import type { LayerDelta } from './delta.ts';

type Pair = { readonly before: ProfileLayer | undefined; readonly after: ProfileLayer | undefined };

/**
 * Pairs the layers of two images, in head's order with removed ones where they stood. Equal diff IDs are anchors
 * (longest common subsequence); between two anchors layers pair by stage and instruction. So a line inserted in the
 * middle is one added layer and does not shift all below it. `bytes` are unpacked bytes, head − base.
 */
export function alignLayers(base: readonly ProfileLayer[], head: readonly ProfileLayer[]): LayerDelta[] {
  const anchors = commonLayers(base, head);
  const pairs: Pair[] = [];
  let baseAt = 0;
  let headAt = 0;
  for (const [baseIndex, headIndex] of [...anchors, [base.length, head.length] as const]) {
    pairs.push(...pairByInstruction(base.slice(baseAt, baseIndex), head.slice(headAt, headIndex)));
    if (baseIndex < base.length) pairs.push({ before: base[baseIndex], after: head[headIndex] });
    baseAt = baseIndex + 1;
    headAt = headIndex + 1;
  }
  return pairs.flatMap(describePair);
}

/** Index pairs of the longest common subsequence by diff ID, ascending. Quadratic: images have at most a few hundred layers. */
function commonLayers(base: readonly ProfileLayer[], head: readonly ProfileLayer[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: base.length + 1 }, () => new Array<number>(head.length + 1).fill(0));
  const lengthAt = (b: number, h: number): number => lengths[b]?.[h] ?? 0;
  for (let b = base.length - 1; b >= 0; b -= 1) {
    for (let h = head.length - 1; h >= 0; h -= 1) {
      const row = lengths[b];
      if (row === undefined) continue;
      row[h] =
        base[b]?.diffId === head[h]?.diffId
          ? lengthAt(b + 1, h + 1) + 1
          : Math.max(lengthAt(b + 1, h), lengthAt(b, h + 1));
    }
  }
  const found: (readonly [number, number])[] = [];
  let b = 0;
  let h = 0;
  while (b < base.length && h < head.length) {
    if (base[b]?.diffId === head[h]?.diffId) found.push([b++, h++]);
    else if (lengthAt(b + 1, h) >= lengthAt(b, h + 1)) b += 1;
    else h += 1;
  }
  return found;
}

function pairByInstruction(base: readonly ProfileLayer[], head: readonly ProfileLayer[]): Pair[] {
  const waiting = [...base];
  const pairs: Pair[] = [];
  for (const after of head) {
    const match = waiting.findIndex((before) => isSameLine(before, after));
    if (match < 0) {
      pairs.push({ before: undefined, after });
      continue;
    }
    pairs.push(...waiting.slice(0, match).map((before) => ({ before, after: undefined })));
    pairs.push({ before: waiting[match], after });
    waiting.splice(0, match + 1);
  }
  return [...pairs, ...waiting.map((before) => ({ before, after: undefined }))];
}

function isSameLine(before: ProfileLayer, after: ProfileLayer): boolean {
  return before.origin === after.origin && before.stage === after.stage && before.instruction === after.instruction;
}

function describePair({ before, after }: Pair): LayerDelta[] {
  const shown = after ?? before;
  if (shown === undefined) return [];
  return [
    {
      kind: kindOf(before, after),
      bytes: (after?.unpackedBytes ?? 0) - (before?.unpackedBytes ?? 0),
      origin: shown.origin,
      instruction: shown.instruction,
      ...(shown.line === undefined ? {} : { line: shown.line }),
      ...(shown.lineEnd === undefined ? {} : { lineEnd: shown.lineEnd }),
      ...(before === undefined ? {} : { basePosition: before.position }),
      ...(after === undefined ? {} : { headPosition: after.position }),
    },
  ];
}

function kindOf(before: ProfileLayer | undefined, after: ProfileLayer | undefined): LayerDelta['kind'] {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return before.diffId === after.diffId ? 'same' : 'changed';
}
