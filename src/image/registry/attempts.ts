import { UserError } from '../../user-error.ts';
import type { Patience, RegistryEffects } from './effects.ts';

/** A failure that may be gone at the next try; `error` is what is said when there is none. */
export class Passing extends Error {
  readonly error: UserError;
  /** What the server asked to wait, in milliseconds. */
  readonly pauseMs: number | null;

  constructor(error: UserError, pauseMs: number | null = null) {
    super(error.message, { cause: error });
    this.error = error;
    this.pauseMs = pauseMs;
  }
}

/** The tries of one transfer: counts them and the time that they lose, and pauses between them. */
export class Attempts {
  readonly #effects: Pick<RegistryEffects, 'sleep' | 'now' | 'random'>;
  readonly #patience: Patience;
  #failures = 0;
  #lostMs = 0;
  #since: number;

  constructor(effects: Pick<RegistryEffects, 'sleep' | 'now' | 'random'>, patience: Patience) {
    this.#effects = effects;
    this.#patience = patience;
    this.#since = effects.now();
  }

  /** Milliseconds that may pass without a byte before the present try has stalled. */
  get stallMs(): number {
    return Math.max(1, Math.min(this.#patience.stallMs, this.#patience.lostMs - this.#lostMs));
  }

  /** To be called when bytes came and when the reader asks for more: the time up to now was not lost. */
  progressed(): void {
    this.#since = this.#effects.now();
  }

  /** Waits until it is time for the next try; throws when the failure is no passing one, or was the last that is borne. */
  async pauseAfter(failure: unknown, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!(failure instanceof Passing)) throw failure;
    this.#failures += 1;
    this.#lostMs += this.#effects.now() - this.#since;
    const pause = failure.pauseMs ?? this.#backOff();
    const { retries, lostMs, pauseMs } = this.#patience;
    if (this.#failures > retries || pause > pauseMs || this.#lostMs + pause >= lostMs) throw this.#givenUp(failure);
    await this.#effects.sleep(pause, signal);
    this.#lostMs += pause;
    this.progressed();
  }

  /** 1, 2, 4 s, less a random part of up to a half: clients that failed together shall not come back together. */
  #backOff(): number {
    return 1000 * 2 ** (this.#failures - 1) * (1 - this.#effects.random() / 2);
  }

  #givenUp({ error, pauseMs }: Passing): UserError {
    if (this.#failures === 1) return error;
    const { hint, exitCode } = error;
    return new UserError(`${error.message} (tried ${this.#failures} times)`, {
      exitCode,
      ...(hint === undefined ? {} : { hint }),
      cause: pauseMs === null ? error : new Error(`it asked to wait ${Math.ceil(pauseMs / 1000)} s`, { cause: error }),
    });
  }
}
