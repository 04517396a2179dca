import { runAtOnce, type Steps } from '../../slices.ts';
import type { FileIndex } from '../file-index.ts';
import { BrokenIndex, ByteReader } from './byte-reader.ts';
import { checkBytes, hashing, magic, mostEntries } from './format.ts';
import { IndexColumns } from './index-columns.ts';

/** The index that a text holds, which anyone may have written; a string is the reason why it holds none, the rest of a sentence. */
export function decodeFileIndex(text: string): FileIndex | string {
  return runAtOnce(decodingFileIndex(text));
}

/** The same in steps. */
export function* decodingFileIndex(text: string): Steps<FileIndex | string> {
  try {
    return yield* decoding(text);
  } catch (error) {
    if (error instanceof BrokenIndex) return `has a file index that ${error.message}`;
    throw error;
  }
}

function* decoding(text: string): Steps<FileIndex> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new BrokenIndex('is not base64');
  const stored = Buffer.from(text, 'base64');
  const body = stored.subarray(magic.length + checkBytes);
  if (!stored.subarray(0, magic.length).equals(magic)) throw new BrokenIndex('is of another version');
  if (!(yield* hashing(body)).equals(stored.subarray(magic.length, magic.length + checkBytes))) {
    throw new BrokenIndex('was damaged');
  }
  const reader = new ByteReader(body);
  const columns = new IndexColumns(reader.number(mostEntries), readOwners(reader));
  while (columns.isWanting) {
    columns.addBlock(reader);
    yield;
  }
  if (!reader.isAtEnd) throw new BrokenIndex('goes on after its end');
  return columns.finish();
}

function readOwners(reader: ByteReader): Float64Array {
  const owners: number[] = [];
  for (let left = 2 * reader.number(mostEntries); left > 0; left--) owners.push(reader.number(Number.MAX_SAFE_INTEGER));
  return Float64Array.from(owners);
}
