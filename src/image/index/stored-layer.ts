import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Steps } from '../../slices.ts';
import { isDiffId, isDigest } from '../digest.ts';
import { type EntryColumns, type EntryExtra, EntryTable, hashBytes } from '../entry-table.ts';
import { fileFactsSchema } from '../facts/file-facts.ts';
import type { LayerContent } from '../read-layer.ts';

/**
 * A layer's content as a file: 8 bytes of format and version, 32 of SHA-256 over the rest, the length of a JSON header,
 * the header, the columns of its entry table, then what few entries have, as JSON in pieces. Everything begins at a
 * multiple of 8, little-endian.
 */
export function* encodeLayer({ entries, ...rest }: LayerContent): Steps<readonly Uint8Array[]> {
  const { columns, extras } = entries;
  const counts = { entries: entries.length, nameBytes: columns.names.length, owners: columns.owners.length };
  const pieces = yield* encodeExtras(extras);
  const extraBytes = pieces.map((piece) => piece.length);
  const header = Buffer.from(
    JSON.stringify({ ...rest, notes: [...rest.notes], counts, extraBytes } satisfies StoredHeader),
  );
  const length = Buffer.alloc(8);
  length.writeUInt32LE(header.length);
  const body = [length, header, ...columnOrder.map((name) => bytesOf(columns[name])), ...pieces].flatMap(padded);
  return [magic, yield* hashOf(body), ...body];
}

/** The content; null when the bytes are of another version, or were damaged. */
export function* decodeLayer(file: Buffer): Steps<LayerContent | null> {
  const bytes = aligned(file);
  if (bytes.length < start + 8 || !bytes.subarray(0, 8).equals(magic)) return null;
  const body = bytes.subarray(start);
  if (!(yield* hashOf([body])).equals(bytes.subarray(8, start))) return null;
  const headerLength = body.readUInt32LE();
  const parsed = headerSchema.safeParse(parseJson(body.subarray(8, 8 + headerLength)));
  if (!parsed.success) return null;
  const { counts, extraBytes, ...rest } = parsed.data;
  const end = extraBytes.reduce((at, each) => at - ceil8(each), body.length);
  if (end < 0) return null;
  const columns = readColumns(body.subarray(0, end), 8 + ceil8(headerLength), counts);
  const extras = yield* decodeExtras(body.subarray(end), extraBytes);
  return columns && extras && { ...rest, entries: new EntryTable(columns, extras) };
}

function* encodeExtras(extras: readonly EntryExtra[]): Steps<Buffer[]> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < extras.length; at += extrasAPiece) {
    pieces.push(Buffer.from(JSON.stringify(extras.slice(at, at + extrasAPiece))));
    yield;
  }
  return pieces;
}

function* decodeExtras(bytes: Buffer, lengths: readonly number[]): Steps<EntryExtra[] | null> {
  const extras: EntryExtra[] = [];
  let at = 0;
  for (const length of lengths) {
    const piece = extrasSchema.safeParse(parseJson(bytes.subarray(at, at + length)));
    if (!piece.success) return null;
    for (const extra of piece.data) extras.push(extra);
    at += ceil8(length);
    yield;
  }
  return extras;
}

/** A few milliseconds', when each of them is of the usual size. */
const extrasAPiece = 500;

function* hashOf(parts: readonly Uint8Array[]): Steps<Buffer> {
  const hash = createHash('sha256');
  for (const part of parts) {
    for (let at = 0; at < part.length; at += bytesAStep) {
      hash.update(part.subarray(at, at + bytesAStep));
      yield;
    }
  }
  return hash.digest();
}

/** A few milliseconds'. */
const bytesAStep = 1024 * 1024;

const magic = Buffer.from('sglayer2', 'latin1');
const start = magic.length + 32;

const bytes = z.int().nonnegative();
const headerSchema = z.object({
  digest: z.string().refine(isDigest),
  blobBytes: bytes,
  compression: z.enum(['none', 'gzip', 'zstd']),
  diffId: z.string().refine(isDiffId),
  tarBytes: bytes,
  unpackedBytes: bytes,
  notes: z.array(z.string()),
  counts: z.object({ entries: bytes, nameBytes: bytes, owners: bytes }),
  extraBytes: z.array(bytes),
});

const extrasSchema = z.array(
  z.object({
    index: bytes,
    contains: z.enum(['busybox', 'toybox']).optional(),
    text: z.string().optional(),
    facts: fileFactsSchema.optional(),
  }),
);

type StoredHeader = z.input<typeof headerSchema>;
type Counts = z.infer<typeof headerSchema>['counts'];

const columnOrder = [
  'names',
  'nameEnds',
  'types',
  'modes',
  'ownerOf',
  'owners',
  'bytes',
  'hashes',
] as const satisfies readonly (keyof EntryColumns)[];

function readColumns(body: Buffer, from: number, { entries, nameBytes, owners }: Counts): EntryColumns | null {
  let at = body.byteOffset + from;
  const end = body.byteOffset + body.length;
  const take = (length: number): number => {
    const begin = at;
    at += ceil8(length);
    return begin;
  };
  const total = [
    nameBytes,
    8 * entries,
    entries,
    2 * entries,
    4 * entries,
    8 * owners,
    8 * entries,
    hashBytes * entries,
  ];
  if (total.reduce((sum, length) => sum + ceil8(length), at) !== end) return null;
  const { buffer } = body;
  return {
    names: new Uint8Array(buffer, take(nameBytes), nameBytes),
    nameEnds: new Uint32Array(buffer, take(8 * entries), 2 * entries),
    types: new Uint8Array(buffer, take(entries), entries),
    modes: new Uint16Array(buffer, take(2 * entries), entries),
    ownerOf: new Uint32Array(buffer, take(4 * entries), entries),
    owners: new Float64Array(buffer, take(8 * owners), owners),
    bytes: new Float64Array(buffer, take(8 * entries), entries),
    hashes: new Uint8Array(buffer, take(hashBytes * entries), hashBytes * entries),
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** Typed arrays can only begin at a multiple of their width. */
function aligned(file: Buffer): Buffer {
  return file.byteOffset % 8 === 0 ? file : Buffer.from(new Uint8Array(file).buffer);
}

function bytesOf({ buffer, byteOffset, byteLength }: EntryColumns[keyof EntryColumns]): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function padded(part: Uint8Array): readonly Uint8Array[] {
  const missing = ceil8(part.length) - part.length;
  return missing === 0 ? [part] : [part, new Uint8Array(missing)];
}

function ceil8(length: number): number {
  return Math.ceil(length / 8) * 8;
}
