/** How often each statement and branch of one file ran; istanbul-lib-instrument's layout. */
type FileCounters = { readonly s: Record<number, number>; readonly b: Record<number, number[]> };

/** The counters of one file of the readers. */
export class Counters {
  readonly #file: FileCounters;
  readonly #statements: number;
  readonly #branches: readonly number[][];
  readonly length: number;

  constructor(file: FileCounters) {
    this.#file = file;
    this.#statements = Object.keys(file.s).length;
    this.#branches = Object.values(file.b);
    this.length = this.#statements + this.#branches.reduce((sum, arms) => sum + arms.length, 0);
  }

  /** Calls back for every counter above zero and sets it back. */
  takeEach(visit: (count: number, at: number) => void): void {
    const { s } = this.#file;
    for (let at = 0; at < this.#statements; at++) {
      const count = s[at] ?? 0;
      if (count > 0) visit(count, at);
      if (count > 0) s[at] = 0;
    }
    let at = this.#statements;
    for (const arms of this.#branches) {
      for (let arm = 0; arm < arms.length; arm++, at++) {
        const count = arms[arm] ?? 0;
        if (count > 0) visit(count, at);
        if (count > 0) arms[arm] = 0;
      }
    }
  }
}

const known = new Map<string, Counters>();

/** The counters of every file that was loaded. */
export function listCounters(): readonly Counters[] {
  const files: Record<string, FileCounters> = Reflect.get(globalThis, '__counters__') ?? {};
  for (const [name, file] of Object.entries(files)) if (!known.has(name)) known.set(name, new Counters(file));
  return [...known.values()];
}
