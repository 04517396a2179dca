import type { FactScan } from './fact-scan.ts';
import type { FileFacts } from './file-facts.ts';

/** Holds a file's content, as far as it is wanted, until it is whole, and then reads it. */
export class CollectScan implements FactScan {
  readonly #wanted: number;
  readonly #read: (content: Buffer) => FileFacts | undefined;
  #content: Buffer | null = null;
  #filled = 0;

  /** `wanted`: how many bytes from the beginning of the file are read, no more than it has. */
  constructor(wanted: number, read: (content: Buffer) => FileFacts | undefined) {
    this.#wanted = wanted;
    this.#read = read;
  }

  update(slice: Buffer): void {
    this.#content ??= Buffer.allocUnsafeSlow(this.#wanted);
    this.#filled += slice.copy(this.#content, this.#filled);
  }

  finish(): FileFacts | undefined {
    return this.#read(this.#content?.subarray(0, this.#filled) ?? Buffer.alloc(0));
  }
}
