type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

/** A typed array that grows: a million numbers cost what they weigh. */
export class Column<T extends Numbers> {
  #values: T;
  #length = 0;
  readonly #create: (length: number) => T;

  constructor(create: (length: number) => T) {
    this.#create = create;
    this.#values = create(256);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length++] = value;
  }

  /** The numbers that were pushed, in memory of just their size. */
  finish(): T {
    const values = this.#create(this.#length);
    values.set(this.#values.subarray(0, this.#length));
    return values;
  }

  #grow(): void {
    const values = this.#create(2 * this.#length);
    values.set(this.#values);
    this.#values = values;
  }
}

export const uint8 = (length: number): Uint8Array => new Uint8Array(length);
export const int32 = (length: number): Int32Array => new Int32Array(length);
export const uint32 = (length: number): Uint32Array => new Uint32Array(length);
export const float64 = (length: number): Float64Array => new Float64Array(length);
