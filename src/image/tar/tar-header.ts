import { isNumericField, parseNumericField } from './numeric-field.ts';
import { TarFormatError } from './tar-error.ts';

export const blockSize = 512;

/** The fixed fields of one 512-byte header block, before PAX and GNU extensions. Names are bytes, without their NULs. */
export type RawHeader = {
  readonly flag: string;
  readonly name: Buffer;
  readonly linkName: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Major and minor number are both 0: overlayfs's whiteout, if it is a character device. */
  readonly isNullDevice: boolean;
};

/** Reads the block that starts at `at`; throws TarFormatError on a wrong checksum or an impossible number. */
export function parseRawHeader(block: Buffer, at: number): RawHeader {
  checkSum(block, at);
  const flag = String.fromCharCode(block[at + 156] ?? 0);
  const size = parseNumericField(block, at + 124, 12);
  if (size < 0) throw new TarFormatError('an entry has a negative size');
  return {
    flag,
    name: fullName(block, at),
    linkName: textField(block, at + 157, 100),
    mode: parseNumericField(block, at + 100, 8) & 0o7777,
    uid: parseNumericField(block, at + 108, 8),
    gid: parseNumericField(block, at + 116, 8),
    size,
    isNullDevice:
      flag === '3' && parseNumericField(block, at + 329, 8) === 0 && parseNumericField(block, at + 337, 8) === 0,
  };
}

/** True when the 512 bytes at `at` are all zero: half of an end-of-archive marker. */
export function isZeroBlock(block: Buffer, at: number): boolean {
  if (block[at] !== 0) return false;
  for (let i = at; i < at + blockSize; i++) if (block[i] !== 0) return false;
  return true;
}

function checkSum(block: Buffer, at: number): void {
  // The checksum field itself counts as spaces.
  const unsigned = sumBytes(block, at, at + 148) + sumBytes(block, at + 156, at + blockSize) + 8 * 0x20;
  const stored = parseNumericField(block, at + 148, 8);
  if (stored === unsigned) return;
  // Old writers summed signed characters; both sums have been valid ever since.
  const highBytes = countHighBytes(block, at, at + 148) + countHighBytes(block, at + 156, at + blockSize);
  if (stored !== unsigned - 256 * highBytes) throw new TarFormatError('a header has a wrong checksum');
}

function sumBytes(block: Buffer, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += block[i] ?? 0;
  return sum;
}

function countHighBytes(block: Buffer, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) count += (block[i] ?? 0) >> 7;
  return count;
}

function fullName(block: Buffer, at: number): Buffer {
  const name = textField(block, at, 100);
  const prefix = textField(block, at + 345, prefixLength(block, at));
  return prefix.length === 0 ? name : Buffer.concat([prefix, slash, name]);
}

const slash = Buffer.from('/');

function prefixLength(block: Buffer, at: number): number {
  const magic = block.toString('latin1', at + 257, at + 265);
  if (magic.startsWith('ustar\0')) return block.toString('latin1', at + 508, at + 512) === 'tar\0' ? 131 : 155;
  return magic === 'ustar  \0' && hasPrefixInsteadOfTimes(block, at) ? 155 : 0;
}

/** Go before 1.8 wrote a prefix into GNU headers, where access and change times belong; such layers are still about. */
function hasPrefixInsteadOfTimes(block: Buffer, at: number): boolean {
  const hasTimes = [345, 357].every((field) => block[at + field] === 0 || isNumericField(block, at + field, 12));
  return !hasTimes && textField(block, at + 345, 155).every((byte) => byte < 0x80);
}

/** A view of the block, up to the first NUL. */
function textField(block: Buffer, start: number, length: number): Buffer {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  return end === start ? empty : block.subarray(start, end);
}

const empty = Buffer.alloc(0);
