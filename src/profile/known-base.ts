import type { HistoryEntry, Image } from '../image/image.ts';
import { historyText } from './history-match.ts';

/** What is known of the base of an image that nobody built here. */
export type KnownBase = {
  /** How many layers came with it. */
  readonly baseCount: number;
  readonly originFrom: 'diff-id' | 'history';
  readonly reference?: string;
  readonly digest?: string;
};

/** What has layers, base first: an image, or the profile of one. */
export type Layered = { readonly layers: readonly { readonly diffId: string }[] };

/** An image that somebody names as the base. */
export type NamedBase = { readonly reference: string; readonly image: Layered & Pick<Image, 'digest'> };

/** Base and own by the layers that both images begin with. Undefined where they have none in common, though the base has some. */
export function baseByDiffIds(image: Layered, base: NamedBase): KnownBase | undefined {
  const ofBase = base.image.layers;
  const baseCount = commonLayers(image, base.image);
  if (baseCount === 0 && ofBase.length > 0) return undefined;
  const isWhole = baseCount === ofBase.length;
  const { digest } = base.image;
  return {
    baseCount,
    originFrom: 'diff-id',
    reference: base.reference,
    ...(isWhole && digest !== null ? { digest } : {}),
  };
}

/** The length of the longest common beginning, by diff ID: blobs of one content may be packed in many ways. */
export function commonLayers(image: Layered, other: Layered): number {
  const differs = image.layers.findIndex((layer, at) => layer.diffId !== other.layers[at]?.diffId);
  return differs < 0 ? image.layers.length : differs;
}

/**
 * Base and own by history alone, a guess: layers that something else than BuildKit made under those that BuildKit made,
 * and layers under a CMD that others were put onto, since a Dockerfile's own CMD mostly ends it. Undefined without a sign.
 */
export function baseByHistory({ history, layers }: Pick<Image, 'history' | 'layers'>): KnownBase | undefined {
  const entries = history.filter((entry) => !entry.isEmpty);
  if (entries.length !== layers.length || entries.length === 0) return undefined;
  const baseCount = Math.max(otherBuilders(entries), belowCommand(history));
  return baseCount === 0 ? undefined : { baseCount, originFrom: 'history' };
}

/** Layers up to the last one that BuildKit did not make; 0 when the topmost is none of BuildKit's: then no sign. */
function otherBuilders(entries: readonly HistoryEntry[]): number {
  const last = entries.findLastIndex((entry) => !isBuildKits(entry)) + 1;
  return last < entries.length ? last : 0;
}

function isBuildKits({ comment }: HistoryEntry): boolean {
  return comment.startsWith('buildkit.');
}

/** Layers under the last CMD that has a layer above it. */
function belowCommand(history: readonly HistoryEntry[]): number {
  const top = history.findLastIndex((entry) => !entry.isEmpty);
  const command = history.slice(0, top).findLastIndex((entry) => entry.isEmpty && /^CMD\b/.test(historyText(entry)));
  return history.slice(0, command + 1).filter((entry) => !entry.isEmpty).length;
}
