import type { FactScan } from './fact-scan.ts';
import { type FileFacts, isFit } from './file-facts.ts';

/** Reads the interpreter of a script: what stands behind `#!` in its first line, of which the kernel reads 256 bytes (BINPRM_BUF_SIZE). */
export class ScriptScan implements FactScan {
  #line = Buffer.alloc(0);

  update(slice: Buffer): void {
    const missing = maxLine - this.#line.length;
    if (missing > 0) this.#line = Buffer.concat([this.#line, slice.subarray(0, missing)]);
  }

  finish(): FileFacts | undefined {
    const end = this.#line.indexOf('\n');
    const script = this.#line.toString('utf8', 2, end === -1 ? undefined : end).trim();
    return isFit(script) ? { script } : undefined;
  }
}

const maxLine = 256;
