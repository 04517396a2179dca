import type { Profile, ProfileLayer } from '../../profile/profile.ts';

type WastedPath = Profile['waste'][number];

/** Wasted paths that the same two layers are to blame for: one holds the bytes, the other hid them. */
export type WasteGroup = {
  /** Undefined for a position that the report has no layer for. */
  readonly heldBy: ProfileLayer | undefined;
  readonly hiddenBy: ProfileLayer | undefined;
  readonly bytes: number;
  /** Largest first. */
  readonly paths: readonly WastedPath[];
};

/** Why bytes are held that no container sees. */
export const wasteReason: Readonly<Record<WastedPath['reason'], string>> = {
  overwritten: 'overwritten',
  deleted: 'deleted',
  'mode-or-owner': 'only mode or owner changed',
};

/** The `most` largest wasted paths by the two layers that did it, and how many bytes those do not account for. */
export function groupWaste(
  { waste, layers }: Pick<Profile, 'waste' | 'layers'>,
  { wastedBytes, most }: { readonly wastedBytes: number; readonly most: number },
): { readonly groups: readonly WasteGroup[]; readonly restBytes: number } {
  const shown = waste.slice(0, most);
  const byPair = new Map<string, WastedPath[]>();
  for (const path of shown) {
    const key = `${path.layer} ${path.hiddenBy}`;
    byPair.set(key, [...(byPair.get(key) ?? []), path]);
  }
  const groups = [...byPair.values()].map((paths) => ({
    heldBy: layers[paths[0]?.layer ?? -1],
    hiddenBy: layers[paths[0]?.hiddenBy ?? -1],
    bytes: sumOf(paths),
    paths,
  }));
  return { groups: groups.sort((a, b) => b.bytes - a.bytes), restBytes: Math.max(0, wastedBytes - sumOf(shown)) };
}

/** The wasted bytes that the list is about: of the image, or of what one layer holds and hid. */
export function wasteInFocus({ size, layers, focus }: Pick<Profile, 'size' | 'layers' | 'focus'>): number {
  if (focus?.layer === undefined) return size.wastedBytes;
  const layer = layers[focus.layer];
  return layer === undefined ? 0 : layer.wastedBytes + layer.hidesBytes;
}

/** What the wasted bytes are, after their sum. */
export function wasteSummary({ focus }: Pick<Profile, 'focus'>): string {
  return focus?.layer === undefined
    ? 'held, but hidden by later layers'
    : 'held by it and hidden, or hidden by it below';
}

function sumOf(paths: readonly WastedPath[]): number {
  return paths.reduce((sum, { bytes }) => sum + bytes, 0);
}
