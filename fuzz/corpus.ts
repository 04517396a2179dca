import { type Counters, listCounters } from './counters.ts';
import type { Random } from './random.ts';

/** Inputs that each reached something that none before it did; how often counts too, in powers of two. */
export class Corpus {
  readonly inputs: Buffer[] = [];
  readonly #seen = new Map<Counters, Uint8Array>();
  bytes = 0;
  reached = 0;

  /** Keeps the input if the counters moved as never before; sets them back to zero. */
  offer(input: Buffer): void {
    let isNew = false;
    for (const counters of listCounters()) if (this.#takeNews(counters)) isNew = true;
    if (!isNew) return;
    this.inputs.push(input);
    this.bytes += input.length;
  }

  /** Newer inputs are more often of use. */
  pick(random: Random): Buffer {
    const recent = Math.max(1, Math.ceil(this.inputs.length / 4));
    const index = random.chance(0.5) ? this.inputs.length - 1 - random.int(recent) : random.int(this.inputs.length);
    return this.inputs[index] ?? Buffer.alloc(0);
  }

  #takeNews(counters: Counters): boolean {
    const seen = this.#seen.get(counters) ?? new Uint8Array(counters.length);
    this.#seen.set(counters, seen);
    let isNew = false;
    counters.takeEach((count, at) => {
      const before = seen[at] ?? 0;
      const now = before | (1 << Math.min(7, Math.floor(Math.log2(count))));
      if (now === before) return;
      if (before === 0) this.reached++;
      seen[at] = now;
      isNew = true;
    });
    return isNew;
  }
}
