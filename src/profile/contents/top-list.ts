/** The largest of many, never more of them in hand than wanted; ties in the order of their coming. */
export class TopList<Row extends { readonly bytes: number }> {
  readonly #most: number;
  readonly #rows: Row[] = [];
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(row: Row): void {
    this.#count++;
    const smallest = this.#rows.at(-1);
    if (this.#rows.length >= this.#most && (smallest === undefined || smallest.bytes >= row.bytes)) return;
    const before = this.#rows.findIndex((known) => known.bytes < row.bytes);
    this.#rows.splice(before === -1 ? this.#rows.length : before, 0, row);
    if (this.#rows.length > this.#most) this.#rows.pop();
  }

  /** How many were added. */
  get count(): number {
    return this.#count;
  }

  /** Largest first. */
  get list(): Row[] {
    return [...this.#rows];
  }
}
