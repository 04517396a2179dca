/** What reading a stored index fails with; its message is the rest of a sentence. */
export class BrokenIndex extends Error {
  override readonly name = 'BrokenIndex';
}

/** Reads what a ByteWriter wrote; throws BrokenIndex beyond the end and for numbers that no writer writes. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** A whole number of at most `most`. */
  number(most: number): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (value > most) throw new BrokenIndex('has a number that is too large');
      if (byte < 0x80) return value;
      if (scale > 2 ** 46) throw new BrokenIndex('has a number without end');
    }
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new BrokenIndex('ends too early');
    return byte;
  }

  /** A view of the next bytes. */
  bytes(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new BrokenIndex('ends too early');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}
