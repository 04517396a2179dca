import { UserError } from '../../user-error.ts';
import type { BlobPlace } from '../blob-source.ts';
import type { Digest } from '../digest.ts';
import { type EntryColumns, type EntryExtra, EntryTable } from '../entry-table.ts';
import type { LayerContent } from '../read-layer.ts';

/** What a worker thread is asked: to read a blob out of a file, only to hash it, or to stop. */
export type LayerOrder =
  | { readonly kind: 'read' | 'hash'; readonly id: number; readonly place: FilePlace; readonly name: string }
  | { readonly kind: 'stop'; readonly id: number };

export type FilePlace = Extract<BlobPlace, { kind: 'file' }>;

/** What it answers: any number of `progress`, then one of the others. */
export type LayerAnswer =
  | { readonly kind: 'progress'; readonly id: number; readonly bytes: number }
  | { readonly kind: 'content'; readonly id: number; readonly content: SentContent }
  | { readonly kind: 'digest'; readonly id: number; readonly digest: Digest }
  | { readonly kind: 'refusal'; readonly id: number; readonly refusal: Refusal }
  | { readonly kind: 'bug'; readonly id: number; readonly error: unknown };

/** A layer's content as it passes between threads: the table's columns change hands and are not copied. */
export type SentContent = Omit<LayerContent, 'entries'> & {
  readonly columns: EntryColumns;
  readonly extras: readonly EntryExtra[];
};

/** A UserError in pieces: between threads an error loses its class. */
export type Refusal = Pick<UserError, 'message' | 'hint' | 'exitCode'>;

/** The content to send, and the memory that goes with it. */
export function packContent({ entries, ...rest }: LayerContent): {
  readonly content: SentContent;
  readonly memory: readonly ArrayBufferLike[];
} {
  const { columns, extras } = entries;
  const databases = extras.flatMap(({ facts }) => (facts?.database === undefined ? [] : [facts.database]));
  const memory = [...Object.values(columns), ...databases].map(({ buffer }) => buffer);
  return { content: { ...rest, columns, extras }, memory };
}

/** The content as it was. */
export function unpackContent({ columns, extras, ...rest }: SentContent): LayerContent {
  return { ...rest, entries: new EntryTable(columns, extras) };
}

/** The answer for an error, of a user or of ours. */
export function packError(id: number, error: unknown): LayerAnswer {
  if (!(error instanceof UserError)) return { kind: 'bug', id, error };
  const { message, hint, exitCode } = error;
  return { kind: 'refusal', id, refusal: { message, hint, exitCode } };
}

/** The UserError that was refused with on the other thread. */
export function unpackRefusal({ message, hint, exitCode }: Refusal): UserError {
  return new UserError(message, { exitCode, ...(hint === undefined ? {} : { hint }) });
}
