/** A part of a file that is kept while the file streams by. */
export class ByteWindow {
  readonly start: number;
  readonly end: number;
  readonly #bytes: Buffer;
  #filled = 0;

  /** From `start` up to, not including, `end`. */
  constructor(start: number, end: number) {
    this.start = start;
    this.end = Math.max(start, end);
    this.#bytes = Buffer.allocUnsafeSlow(this.end - start);
  }

  /** Takes what of the slice, which begins at `position` of the file, lies in the window; slices come in order. */
  capture(slice: Buffer, position: number): void {
    const from = this.start + this.#filled;
    if (position > from || from >= this.end) return;
    const end = Math.min(this.end, position + slice.length);
    if (end > from) this.#filled += slice.copy(this.#bytes, this.#filled, from - position, end - position);
  }

  /** Whether all of it went by. */
  get isFull(): boolean {
    return this.#filled === this.#bytes.length;
  }

  /** What went by of it so far. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#filled);
  }

  /** Whether `length` bytes from `start` of the file are in it. */
  holds(start: number, length: number): boolean {
    return start >= this.start && start + length <= this.start + this.#filled;
  }

  /** The bytes of the file from `start` on, as far as they are in it. */
  from(start: number, length: number): Buffer {
    const at = start - this.start;
    return at < 0 ? Buffer.alloc(0) : this.bytes.subarray(at, at + Math.max(0, length));
  }
}
