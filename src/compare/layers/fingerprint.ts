import { createHash } from 'node:crypto';
import { EntryTable, hashBytes } from '../../image/entry-table.ts';
import { EntryTableBuilder } from '../../image/entry-table-builder.ts';
import type { Layer } from '../../image/image.ts';
import type { Steps } from '../../slices.ts';
import { ByteWriter } from '../file-index/byte-writer.ts';
import { sortingRows } from './sort-rows.ts';

/**
 * 24 hex digits that two layers share when they do the same to the files below them: names, types, modes, owners, sizes,
 * contents, link targets and whiteouts. Times, extended attributes, the order in the tar and its packing play no part.
 */
export function* fingerprinting(entries: Layer['entries']): Steps<string> {
  const table = entries instanceof EntryTable ? entries : yield* tabulating(entries);
  const rows = yield* sortingRows(table);
  const hash = createHash('blake2b512');
  const buffer = new ByteWriter();
  for (const row of rows) {
    writeRow(buffer, table, row);
    if (buffer.length < bytesAStep) continue;
    hash.update(buffer.written);
    buffer.clear();
    yield;
  }
  return hash.update(buffer.written).digest().toString('hex', 0, hashBytes);
}

/** A fraction of a millisecond's. */
const bytesAStep = 64 * 1024;

function* tabulating(entries: Layer['entries']): Steps<EntryTable> {
  const builder = new EntryTableBuilder();
  for (const entry of entries) {
    builder.add(entry);
    yield;
  }
  return builder.finish();
}

function writeRow(buffer: ByteWriter, { columns }: EntryTable, row: number): void {
  const { names, nameEnds, types, modes, ownerOf, owners, bytes, hashes } = columns;
  const start = row === 0 ? 0 : (nameEnds[2 * row - 1] ?? 0);
  const [end = 0, targetEnd = 0] = [nameEnds[2 * row], nameEnds[2 * row + 1]];
  const owner = 2 * (ownerOf[row] ?? 0);
  buffer.number(end - start);
  buffer.number(targetEnd - end);
  buffer.bytes(names.subarray(start, targetEnd));
  buffer.byte(types[row] ?? 0);
  buffer.number(modes[row] ?? 0);
  buffer.number(owners[owner] ?? 0);
  buffer.number(owners[owner + 1] ?? 0);
  buffer.number(bytes[row] ?? 0);
  buffer.bytes(hashes.subarray(row * hashBytes, (row + 1) * hashBytes));
}
