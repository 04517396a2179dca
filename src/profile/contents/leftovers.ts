import { parentOf } from '../../image/image-path.ts';
import type { ProfileLayer } from '../profile.ts';
import type { Contents, Leftover, LeftoverKind } from './contents-schema.ts';
import { leftoverAt } from './leftover-kind.ts';

type Heap = { readonly kind: LeftoverKind; readonly layer: number; folder: string; bytes: number; files: number };

/** Sums up what a build left behind, by kind, folder and the layer that left it. */
export class Leftovers {
  readonly #heaps = new Map<string, Heap>();
  #bytes = 0;

  /** A file of the root filesystem that counts here; an empty one leaves nothing. */
  add(path: string, { layer, bytes }: { readonly layer: number; readonly bytes: number }): void {
    const place = bytes === 0 ? null : leftoverAt(path);
    if (place === null) return;
    const heap = this.#heapOf(place.kind, layer, place.folder);
    // Strewn files stand under the folder that all of them share.
    if (place.folder === null) heap.folder = commonFolder(heap.folder, parentOf(path), heap.files === 0);
    heap.bytes += bytes;
    heap.files++;
    this.#bytes += bytes;
  }

  /** The `most` largest heaps, ties by path; lines are those of the layers. */
  finish(most: number, layers: readonly Pick<ProfileLayer, 'position' | 'line'>[]): Contents['leftovers'] {
    const lines = new Map(layers.map(({ position, line }) => [position, line]));
    const heaps = [...this.#heaps.values()].sort(largestFirst);
    const list = heaps.slice(0, most).map(({ kind, folder, bytes, files, layer }): Leftover => {
      const line = lines.get(layer);
      return { kind, path: `/${folder}`, bytes, files, layer, ...(line === undefined ? {} : { line }) };
    });
    return { bytes: this.#bytes, count: heaps.length, list };
  }

  /** Beyond a number that no honest image comes near, folders of a kind and layer are one heap at the root. */
  #heapOf(kind: LeftoverKind, layer: number, folder: string | null): Heap {
    const key = `${kind} ${layer} ${folder ?? ''}`;
    const known = this.#heaps.get(key);
    if (known !== undefined) return known;
    if (folder !== null && folder !== '' && this.#heaps.size >= mostHeaps) return this.#heapOf(kind, layer, '');
    const heap = { kind, layer, folder: folder ?? '', bytes: 0, files: 0 };
    this.#heaps.set(folder === null ? `${kind} ${layer} ` : key, heap);
    return heap;
  }
}

const mostHeaps = 10_000;

function commonFolder(one: string, other: string, isFirst: boolean): string {
  if (isFirst || one === other) return other;
  let end = 0;
  for (let at = 0; at <= one.length; at++) {
    const isEnd = at === one.length || one[at] === '/';
    if (isEnd && (at === other.length || other[at] === '/')) end = at;
    if (one[at] !== other[at]) break;
  }
  return one.slice(0, end);
}

function largestFirst(one: Heap, other: Heap): number {
  if (one.bytes !== other.bytes) return other.bytes - one.bytes;
  if (one.folder !== other.folder) return one.folder < other.folder ? -1 : 1;
  return one.kind === other.kind ? one.layer - other.layer : one.kind < other.kind ? -1 : 1;
}
