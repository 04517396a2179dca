/** Finds out by content whether an executable is one of the multi-call shells, however it is named. */
export class MultiCallScan {
  #head = Buffer.alloc(0);
  #isElf: boolean | null = null;
  #tail = Buffer.alloc(0);
  readonly #found = new Set<string>();

  /** Takes the next slice of the file. */
  update(slice: Buffer): void {
    if (this.#isElf === null) this.#readMagic(slice);
    if (this.#isElf === false) return;
    const seam = Buffer.concat([this.#tail, slice.subarray(0, longest - 1)]);
    for (const marker of markers) {
      if (this.#found.has(marker)) continue;
      if (seam.includes(marker, 0, 'latin1') || slice.includes(marker, 0, 'latin1')) this.#found.add(marker);
    }
    this.#tail = Buffer.from(slice.length >= longest - 1 ? slice.subarray(1 - longest) : seam.subarray(1 - longest));
  }

  /** What the whole file turned out to be. */
  get result(): 'busybox' | 'toybox' | undefined {
    if (this.#isElf !== true) return undefined;
    if (busyboxMarkers.every((marker) => this.#found.has(marker))) return 'busybox';
    return toyboxMarkers.every((marker) => this.#found.has(marker)) ? 'toybox' : undefined;
  }

  #readMagic(slice: Buffer): void {
    this.#head = Buffer.concat([this.#head, slice.subarray(0, 4)]);
    if (this.#head.length >= 4) this.#isElf = this.#head.subarray(0, 4).equals(elfMagic);
  }
}

const elfMagic = Buffer.from('\x7fELF', 'latin1');

// All of a list must be there: a program that merely mentions one of the names has not the banner and the usage text.
const busyboxMarkers = ['BusyBox v', 'BusyBox is copyrighted by many authors', 'multi-call binary'];
const toyboxMarkers = ['usage: toybox [', 'multicall binary'];
const markers = [...busyboxMarkers, ...toyboxMarkers];
const longest = Math.max(...markers.map((marker) => marker.length));
