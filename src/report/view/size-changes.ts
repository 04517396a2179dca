import type { WeighedPlatform } from '../report.ts';

type Kind = 'unpackedBytes' | 'visibleBytes' | 'wastedBytes' | 'downloadBytes';

/** One kind of size before and after, and whose its change is; null where nobody knows. */
export type SizeChange = {
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
  readonly base: number | null;
  readonly own: number | null;
};

const kinds: readonly (readonly [string, Kind])[] = [
  ['unpacked', 'unpackedBytes'],
  ['visible', 'visibleBytes'],
  ['wasted', 'wastedBytes'],
  ['download', 'downloadBytes'],
];

/** All four sizes of both images. `base` and `own` add up to `change`. */
export function sizeChanges({ size, delta }: Pick<WeighedPlatform, 'size' | 'delta'>): SizeChange[] {
  if (delta === undefined) return [];
  return kinds.map(([name, kind]) => {
    const after = size[kind];
    const change = delta[kind];
    const before = after === null || change === null ? null : after - change;
    return { name, before, after, change, base: delta.base?.[kind] ?? null, own: delta.own?.[kind] ?? null };
  });
}
