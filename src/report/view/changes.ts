import type { Delta } from '../../compare/delta.ts';
import { type LineChange, lineChanges } from '../../compare/line-changes.ts';

/** What a delta has to show: lines of this Dockerfile (heaviest change first), the base image folded into one. */
export type Changes = {
  readonly isEmpty: boolean;
  readonly lines: readonly LineChange[];
  readonly base: { readonly count: number; readonly bytes: number } | undefined;
};

export function summariseChanges(delta: Delta): Changes {
  const changed = lineChanges(delta.layers);
  const lines = changed.filter((line) => line.origin !== 'base');
  const ofBase = changed.filter((line) => line.origin === 'base');
  return {
    isEmpty: changed.length === 0 && !hasOtherChange(delta),
    lines: [...lines].sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes)),
    base: ofBase.length === 0 ? undefined : { count: ofBase.length, bytes: sumOf(ofBase) },
  };
}

/** The layers say nothing of a config, nor of a base image that was named otherwise. */
function hasOtherChange(delta: Delta): boolean {
  const lists = [delta.config, delta.files, delta.packages];
  return lists.some((list) => list.length > 0) || hasSizeChange(delta) || hasNewBase(delta);
}

function hasSizeChange(delta: Delta): boolean {
  return [delta.downloadBytes, delta.unpackedBytes, delta.visibleBytes, delta.wastedBytes].some((bytes) => bytes);
}

function hasNewBase(delta: Delta): boolean {
  return delta.baseChange === 'moved' || delta.baseChange === 'replaced';
}

function sumOf(lines: readonly LineChange[]): number {
  return lines.reduce((sum, line) => sum + line.bytes, 0);
}
