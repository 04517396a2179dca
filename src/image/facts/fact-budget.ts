import type { FileFacts } from './file-facts.ts';

/** Pays for what must be inflated out of the files of one layer. */
export type InflateBudget = {
  /** Whether so many bytes may be inflated. */
  readonly spendInflated: (bytes: number) => boolean;
};

/** How much the facts of one layer may take: a hostile layer can say something in each of its files. */
export class FactBudget implements InflateBudget {
  #chars: number;
  #packages: number;
  #contentBytes: number;
  #inflatedBytes = freeInflatedBytes;
  #refused = 0;

  constructor({ chars, packages, contentBytes }: FactBounds = defaultFactBounds) {
    this.#chars = chars;
    this.#packages = packages;
    this.#contentBytes = contentBytes;
  }

  /** Whether content of so many bytes may be held in memory to be looked into; one file after the other, so it is only counted. */
  spendContent(bytes: number): boolean {
    if (bytes > this.#contentBytes) return false;
    this.#contentBytes -= bytes;
    this.#inflatedBytes += bytes * maxRatio;
    return true;
  }

  /** The work stays in proportion to what was held: a thousand small archives can each inflate to their bound. */
  spendInflated(bytes: number): boolean {
    if (bytes > this.#inflatedBytes) return false;
    this.#inflatedBytes -= bytes;
    return true;
  }

  /** The facts, or nothing when there is no more room for them. */
  take(facts: FileFacts | undefined): FileFacts | undefined {
    if (facts === undefined) return undefined;
    const chars = charsOf(facts);
    const packages = facts.packages?.length ?? 0;
    if (chars > this.#chars || packages > this.#packages) {
      this.#refused++;
      return undefined;
    }
    this.#chars -= chars;
    this.#packages -= packages;
    return facts;
  }

  /** How many files said more than there was room for. */
  get refused(): number {
    return this.#refused;
  }
}

export type FactBounds = { readonly chars: number; readonly packages: number; readonly contentBytes: number };

/** Of one layer. The largest images have some 30,000 packages and 20,000 binaries. */
export const defaultFactBounds: FactBounds = {
  chars: 16 * 1024 * 1024,
  packages: 200_000,
  contentBytes: 4 * 1024 ** 3,
};

/** Beside this, so many times what was held: archives of classes and texts pack two to five times. */
const freeInflatedBytes = 64 * 1024 * 1024;
const maxRatio = 8;

/** About what they take as JSON. */
function charsOf({ binary, script, packages, trouble }: FileFacts): number {
  const names = [binary?.interpreter, script, trouble, ...(binary?.needed ?? [])];
  const ofPackages = (packages ?? []).reduce((sum, { name, version }) => sum + name.length + version.length + 40, 0);
  return names.reduce((sum, name) => sum + (name === undefined ? 0 : name.length + 3), 60) + ofPackages;
}
