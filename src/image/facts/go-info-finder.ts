import { ByteWindow } from './byte-window.ts';
import { goAlignment, goMagic } from './go-build-info.ts';

type Range = { readonly offset: number; readonly bytes: number };

/** Finds the build info of a Go program in the ranges where Go's linker may put it, and keeps it. */
export class GoInfoFinder {
  readonly #ranges: readonly Range[];
  #tail = Buffer.alloc(0);
  #tailEnd = 0;
  #window: ByteWindow | null = null;

  /** `ranges`: the writable segments of the file. */
  constructor(ranges: readonly Range[]) {
    this.#ranges = withoutOverlaps(ranges);
  }

  /** Takes the next slice of the file, which begins at `position`. */
  update(slice: Buffer, position: number): void {
    if (this.#window === null) this.#search(slice, position);
    this.#window?.capture(slice, position);
  }

  /** From the magic on, at most 4 MiB; null when there is none. */
  get found(): Buffer | null {
    return this.#window?.bytes ?? null;
  }

  #search(slice: Buffer, position: number): void {
    for (const { offset, bytes } of this.#ranges) {
      const from = Math.max(offset, position);
      const end = Math.min(offset + bytes, position + slice.length);
      if (from >= end) continue;
      this.#searchPart(slice.subarray(from - position, end - position), from, offset + bytes);
      if (this.#window !== null) return;
    }
  }

  #searchPart(part: Buffer, start: number, rangeEnd: number): void {
    const tail = this.#tailEnd === start ? this.#tail : Buffer.alloc(0);
    const seam = Buffer.concat([tail, part.subarray(0, goMagic.length - 1)]);
    this.#find(seam, start - tail.length, rangeEnd);
    if (this.#window === null) this.#find(part, start, rangeEnd);
    this.#tail = Buffer.from((part.length < goMagic.length ? seam : part).subarray(1 - goMagic.length));
    this.#tailEnd = start + part.length;
  }

  #find(bytes: Buffer, position: number, rangeEnd: number): void {
    for (let at = bytes.indexOf(goMagic); at !== -1; at = bytes.indexOf(goMagic, at + 1)) {
      const start = position + at;
      if (start % goAlignment !== 0) continue;
      const window = new ByteWindow(start, Math.min(rangeEnd, start + maxBytes));
      // What the seam began lies partly before the slice.
      window.capture(bytes, position);
      this.#window = window;
      return;
    }
  }
}

/** No byte is searched twice, however many segments claim it. */
function withoutOverlaps(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = [];
  let end = 0;
  for (const { offset, bytes } of ranges.toSorted((a, b) => a.offset - b.offset)) {
    const start = Math.max(offset, end);
    if (offset + bytes <= start) continue;
    end = offset + bytes;
    apart.push({ offset: start, bytes: end - start });
  }
  return apart;
}

const maxBytes = 4 * 1024 * 1024;
