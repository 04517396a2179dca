/** Carries chunks from one loop to another inside the process; `push` waits while the reader is behind. */
export class Channel {
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  #isClosed = false;
  #isAbandoned = false;
  #wakeReader: (() => void) | null = null;
  #wakeWriter: (() => void) | null = null;

  /** Resolves when there is room for more; at once when the reader has gone. The chunk must not be changed afterwards. */
  async push(chunk: Buffer): Promise<void> {
    if (this.#isAbandoned) return;
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    this.#wakeReader?.();
    while (this.#queuedBytes > highWater && !this.#isAbandoned) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
    }
  }

  /** No more chunks come. */
  close(): void {
    this.#isClosed = true;
    this.#wakeReader?.();
  }

  /** The chunks in order; leaving the loop early lets the writer run on. */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (;;) {
        const chunk = this.#queue.shift();
        if (chunk !== undefined) {
          this.#queuedBytes -= chunk.length;
          yield chunk;
          if (this.#queuedBytes <= highWater) this.#wakeWriter?.();
        } else if (this.#isClosed) return;
        else await this.#arrival();
      }
    } finally {
      this.#isAbandoned = true;
      this.#queue.length = 0;
      this.#wakeWriter?.();
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeReader = resolve;
    });
  }
}

const highWater = 256 * 1024;
