import type { FindCredentials } from './credentials.ts';

/** `fetch`, as much of it as is needed. Redirects are never followed by it, since credentials must not travel along. */
export type Fetch = (url: string, request: FetchRequest) => Promise<FetchResponse>;

export type FetchRequest = {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
};

export type FetchResponse = {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
};

/** The world as the registry client sees it. `fetch` may refuse an address that a name was resolved to with `refusedAddressCode`. */
export type RegistryEffects = {
  readonly fetch: Fetch;
  readonly findCredentials: FindCredentials;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
};

/** `code` of the error with which `fetch` refuses to connect to the address of a metadata service. */
export const refusedAddressCode = 'ERR_REFUSED_ADDRESS';

/** How long a registry may keep us waiting. */
export type Patience = {
  /** Milliseconds without a byte, after which a transfer counts as stalled. */
  readonly stallMs: number;
  /** Fewer bytes than this in `stallMs` are as good as none: a server that drips must not hold us for days. */
  readonly leastBytes: number;
  /** How often one transfer is tried again. */
  readonly retries: number;
  /** Milliseconds that one transfer may lose to stalls and pauses in all. */
  readonly lostMs: number;
  /** Longest pause that is taken at a registry's word, in milliseconds. */
  readonly pauseMs: number;
};

/** The contract's: nothing for 30 s, three times, 120 s in all, `Retry-After` up to 60 s. */
export const defaultPatience: Patience = {
  stallMs: 30_000,
  leastBytes: 256 * 1024,
  retries: 3,
  lostMs: 120_000,
  pauseMs: 60_000,
};
