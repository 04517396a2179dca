import type { Random } from './random.ts';

/** A reader under fire. */
export type Target = {
  readonly name: string;
  readonly seeds: () => readonly Buffer[];
  /** A new input from two known ones. */
  readonly mutate: (input: Buffer, other: Buffer, random: Random) => Buffer;
  /** Reads the input and throws when a promise is broken; a refusal by UserError keeps it. */
  readonly run: (input: Buffer) => Promise<void>;
};
