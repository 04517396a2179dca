import { ByteWindow } from './byte-window.ts';
import { ElfBody } from './elf-body.ts';
import { type ElfHeader, readElfHeader } from './elf-header.ts';
import type { FactScan } from './fact-scan.ts';
import type { FileFacts } from './file-facts.ts';

/** Reads of an ELF file what it is, which loader and libraries it asks for, and what Go's linker says of it, in one pass. */
export class ElfScan implements FactScan {
  readonly #size: number;
  readonly #head: ByteWindow;
  #position = 0;
  #body: ElfBody | null = null;

  /** `size`: of the file. */
  constructor(size: number) {
    this.#size = size;
    this.#head = new ByteWindow(0, Math.min(size, headBytes));
  }

  update(slice: Buffer): void {
    const start = this.#position;
    this.#position += slice.length;
    if (this.#body === null) {
      if (this.#head.isFull) return;
      this.#head.capture(slice, start);
      const header = this.#head.isFull ? readElfHeader(this.#head.bytes) : null;
      if (header === null) return;
      this.#body = new ElfBody(clip(header, this.#size));
      this.#body.update(this.#head.bytes, 0);
    }
    this.#body.update(slice, start);
  }

  finish(): FileFacts | undefined {
    return this.#body?.finish();
  }
}

/** Room for seventy program headers; linkers write about a dozen, right behind the ELF header. */
const headBytes = 4096;

/** A hostile header can claim any numbers: nothing lies beyond the end of the file. */
function clip(header: ElfHeader, size: number): ElfHeader {
  const segments = header.segments.flatMap((each) => {
    const bytes = Math.min(each.bytes, size - each.offset);
    return bytes > 0 ? [{ ...each, bytes }] : [];
  });
  return { ...header, segments };
}
