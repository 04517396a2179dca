/** Chunks of a stream, one at a time, with the possibility to give some back. */
export class PushbackSource {
  readonly #iterator: AsyncIterator<Buffer, unknown, undefined>;
  #unread: Buffer | null = null;
  #ended = false;

  constructor(source: AsyncIterable<Buffer>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** The next chunk; null at the end. */
  async next(): Promise<Buffer | null> {
    const unread = this.#unread;
    if (unread !== null) {
      this.#unread = null;
      return unread;
    }
    if (this.#ended) return null;
    const next = await this.#iterator.next();
    if (next.done !== true) return next.value;
    this.#ended = true;
    return null;
  }

  /** Puts bytes back in front of what is still to come. */
  unread(bytes: Buffer): void {
    this.#unread = this.#unread === null ? bytes : Buffer.concat([bytes, this.#unread]);
  }

  /** True when there is at least one more byte. */
  async hasMore(): Promise<boolean> {
    for (;;) {
      const chunk = await this.next();
      if (chunk === null) return false;
      if (chunk.length === 0) continue;
      this.unread(chunk);
      return true;
    }
  }

  /** At least `length` bytes if there are so many, without taking them. */
  async peek(length: number): Promise<Buffer> {
    let head = (await this.next()) ?? Buffer.alloc(0);
    while (head.length < length) {
      const chunk = await this.next();
      if (chunk === null) break;
      head = Buffer.concat([head, chunk]);
    }
    this.unread(head);
    return head;
  }

  /** Everything that is still to come. */
  async *rest(): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) yield chunk;
    } finally {
      await this.close();
    }
  }

  /** Lets the stream go, read to its end or not. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#iterator.return?.();
    this.#ended = true;
  }
}
