import { type PaxRecords, parsePaxRecords } from './pax-records.ts';
import type { Extensions } from './tar-entry.ts';
import { boundError } from './tar-error.ts';
import type { RawHeader } from './tar-header.ts';

/** True for the pseudo-entries that only say something about the next entry: PAX (`x`, `g`), GNU long name and link (`L`, `K`). */
export function isExtendedHeader(flag: string): boolean {
  return flag in extendedHeaderNames;
}

/** Collects the extended headers in front of an entry. Only bodies within the bounds are ever held. */
export class ExtendedHeaders {
  readonly #archive: string;
  readonly #bounds: { readonly nameBytes: number; readonly paxBytes: number };
  #flag = '';
  #body: Buffer = Buffer.alloc(0);
  #filled = 0;
  #pax: PaxRecords | null = null;
  #longName: Buffer | null = null;
  #longLink: Buffer | null = null;

  constructor(archive: string, bounds: { readonly nameBytes: number; readonly paxBytes: number }) {
    this.#archive = archive;
    this.#bounds = bounds;
  }

  /** Starts on the body of `header`; an error if it is over its bound. */
  begin({ flag, size }: RawHeader): void {
    const bound = flag === 'x' || flag === 'g' ? this.#bounds.paxBytes : this.#bounds.nameBytes + 1;
    if (size > bound) {
      const name = extendedHeaderNames[flag] ?? 'header';
      throw boundError(this.#archive, `a ${name} of ${size} bytes is over the bound of ${bound}`);
    }
    this.#flag = flag;
    this.#body = Buffer.alloc(size);
    this.#filled = 0;
  }

  /** Takes what belongs to the body from `at` on and says where it stopped. */
  write(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#body.length - this.#filled);
    chunk.copy(this.#body, this.#filled, at, end);
    this.#filled += end - at;
    return end;
  }

  get isComplete(): boolean {
    return this.#filled === this.#body.length;
  }

  /** Interprets the complete body; returns its length. */
  finish(): number {
    if (this.#flag === 'x') this.#pax = parsePaxRecords(this.#body);
    else if (this.#flag === 'L') this.#longName = untilNul(this.#body);
    else if (this.#flag === 'K') this.#longLink = untilNul(this.#body);
    // A global header is read past: engines do not apply it.
    else this.take();
    return this.#body.length;
  }

  get isPending(): boolean {
    return this.#pax !== null || this.#longName !== null || this.#longLink !== null;
  }

  /** What was said about the entry that begins now; the next one starts afresh. */
  take(): Extensions {
    const extensions = { pax: this.#pax, longName: this.#longName, longLink: this.#longLink };
    this.#pax = null;
    this.#longName = null;
    this.#longLink = null;
    return extensions;
  }
}

const extendedHeaderNames: Readonly<Record<string, string>> = {
  x: 'PAX header',
  g: 'global PAX header',
  L: 'long name',
  K: 'long link name',
};

function untilNul(body: Buffer): Buffer {
  const end = body.indexOf(0);
  return end < 0 ? body : body.subarray(0, end);
}
