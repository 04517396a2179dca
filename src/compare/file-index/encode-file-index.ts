import { brotliCompressSync, constants } from 'node:zlib';
import { hasHashBit, hashBytes } from '../../image/entry-table.ts';
import { runAtOnce, type Steps } from '../../slices.ts';
import type { FileIndex } from '../file-index.ts';
import { ByteWriter } from './byte-writer.ts';
import { blockNameBytes, hashing, isFirstBit, magic, mostInBlock } from './format.ts';
import { commonLength, nameOf } from './name-order.ts';

/** The index as text of a JSON string: the same index gives the same text, about 20 bytes a file. */
export function encodeFileIndex(index: FileIndex): string {
  return runAtOnce(encodingFileIndex(index));
}

/** The same in steps. */
export function* encodingFileIndex(index: FileIndex): Steps<string> {
  const body = new ByteWriter();
  const { owners } = index.table.columns;
  body.number(index.table.length);
  body.number(owners.length / 2);
  for (const owner of owners) body.number(owner);
  for (let from = 0; from < index.table.length; ) {
    const to = endOfBlock(index, from);
    writeBlock(body, index, from, to);
    from = to;
    yield;
  }
  const check = yield* hashing(body.written);
  return Buffer.concat([magic, check, body.written]).toString('base64');
}

/** What compresses in some milliseconds; a block is never empty, however long its first name. */
function endOfBlock({ table }: FileIndex, from: number): number {
  const { nameEnds } = table.columns;
  const start = from === 0 ? 0 : (nameEnds[2 * from - 1] ?? 0);
  let to = from + 1;
  while (to < table.length && to - from < mostInBlock && (nameEnds[2 * to + 1] ?? 0) - start < blockNameBytes) to++;
  return to;
}

/** Hashes stand beside the rest, since nothing compresses them. */
function writeBlock(body: ByteWriter, index: FileIndex, from: number, to: number): void {
  const plain = new ByteWriter();
  writeNames(plain, index, from, to);
  writeColumns(plain, index, from, to);
  const packed = brotliCompressSync(plain.written, { params: packing });
  body.number(to - from);
  body.number(plain.length);
  body.number(packed.length);
  body.bytes(packed);
  const { types, hashes } = index.table.columns;
  for (let at = from; at < to; at++) {
    if (((types[at] ?? 0) & hasHashBit) !== 0) body.bytes(hashes.subarray(at * hashBytes, (at + 1) * hashBytes));
  }
}

/** Beyond 5 it takes twice as long for one percent less. */
const packing = { [constants.BROTLI_PARAM_QUALITY]: 5 };

/** Front coding: what a name shares with the one before it is a number. Each block begins afresh. */
function writeNames(plain: ByteWriter, { table }: FileIndex, from: number, to: number): void {
  const { names, nameEnds } = table.columns;
  const lengths = new ByteWriter();
  const rests = new ByteWriter();
  let before = { names, start: 0, end: 0 };
  for (let at = from; at < to; at++) {
    const name = nameOf(table, at);
    const shared = commonLength(before, name);
    plain.number(shared);
    lengths.number(name.end - name.start - shared);
    rests.bytes(names.subarray(name.start + shared, name.end));
    before = name;
  }
  plain.bytes(lengths.written);
  for (let at = from; at < to; at++) plain.number((nameEnds[2 * at + 1] ?? 0) - (nameEnds[2 * at] ?? 0));
  plain.bytes(rests.written);
  for (let at = from; at < to; at++) plain.bytes(names.subarray(nameEnds[2 * at] ?? 0, nameEnds[2 * at + 1] ?? 0));
}

function writeColumns(plain: ByteWriter, { table, layers, isFirst }: FileIndex, from: number, to: number): void {
  const { types, modes, ownerOf, bytes } = table.columns;
  for (let at = from; at < to; at++) plain.byte((types[at] ?? 0) | (isFirst[at] === 1 ? isFirstBit : 0));
  for (let at = from; at < to; at++) plain.number(modes[at] ?? 0);
  for (let at = from; at < to; at++) plain.number(ownerOf[at] ?? 0);
  for (let at = from; at < to; at++) plain.number(layers[at] ?? 0);
  for (let at = from; at < to; at++) plain.number(bytes[at] ?? 0);
}
