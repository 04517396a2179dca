import { CollectScan } from './collect-scan.ts';
import { ElfScan } from './elf-scan.ts';
import type { FactBudget } from './fact-budget.ts';
import type { FactScan } from './fact-scan.ts';
import { packageFileAt } from './package-file.ts';
import { mostBytes, readPackageFile } from './read-package-file.ts';
import { ScriptScan } from './script-scan.ts';

/** What is known of a file before its content: its ImagePath, permission bits and size. */
export type NamedFile = { readonly path: string; readonly mode: number; readonly size: number };

/** How a file is to be looked at by its name; undefined where its first bytes decide. */
export function scanByName(file: NamedFile, budget: FactBudget): FactScan | undefined {
  const kind = packageFileAt(file.path);
  if (kind === null) return undefined;
  const { bytes, isHeadEnough } = mostBytes[kind];
  const wanted = isHeadEnough ? Math.min(bytes, file.size) : file.size;
  if (wanted > bytes || !budget.spendContent(wanted)) return tooLarge;
  return new CollectScan(wanted, (content) => readPackageFile(kind, { path: file.path, content }, budget));
}

/** How a file is to be looked at by its first slice; null for what is neither ELF nor script. */
export function scanByContent(file: NamedFile, first: Buffer): FactScan | null {
  if (first.length < magicBytes && first.length < file.size) return new LateScan(file);
  if (first.length < 2) return null;
  const magic = first.readUInt16BE(0);
  if (magic === 0x7f45 && first.length >= magicBytes && first.readUInt16BE(2) === 0x4c46) return new ElfScan(file.size);
  return magic === 0x2321 && (file.mode & 0o111) !== 0 ? new ScriptScan() : null;
}

const magicBytes = 4;

const tooLarge: FactScan = {
  update: () => {},
  finish: () => ({ trouble: 'it is too large to be looked into' }),
};

/** For a file whose first slice is shorter than its magic number. */
class LateScan implements FactScan {
  readonly #file: NamedFile;
  #head = Buffer.alloc(0);
  #scan: FactScan | null | undefined;

  constructor(file: NamedFile) {
    this.#file = file;
  }

  update(slice: Buffer): void {
    if (this.#scan !== undefined) {
      this.#scan?.update(slice);
      return;
    }
    this.#head = Buffer.concat([this.#head, slice]);
    if (this.#head.length < Math.min(magicBytes, this.#file.size)) return;
    this.#scan = scanByContent(this.#file, this.#head);
    this.#scan?.update(this.#head);
  }

  finish(): ReturnType<FactScan['finish']> {
    return this.#scan?.finish();
  }
}
