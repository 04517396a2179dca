import { TarFormatError } from './tar-error.ts';

/** Value of a tar header's number: octal text, or base-256 when the first bit is set (GNU, for what octal cannot hold). */
export function parseNumericField(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  return (first & 0x80) === 0 ? parseOctal(block, start, length) : parseBase256(block, start, length);
}

/** True when the field holds a number by the rules above. */
export function isNumericField(block: Buffer, start: number, length: number): boolean {
  try {
    parseNumericField(block, start, length);
    return true;
  } catch {
    return false;
  }
}

function parseOctal(block: Buffer, start: number, length: number): number {
  let at = start;
  let end = start + length;
  while (at < end && isPadding(block[at])) at++;
  while (end > at && isPadding(block[end - 1])) end--;
  let value = 0;
  for (; at < end; at++) {
    const digit = (block[at] ?? 0) - 0x30;
    // Some writers end a number with NUL and leave rubbish behind it; Go's archive/tar stops there too.
    if (block[at] === 0) break;
    if (digit < 0 || digit > 7) throw new TarFormatError('a header field is not an octal number');
    value = value * 8 + digit;
  }
  return value;
}

function isPadding(byte: number | undefined): boolean {
  return byte === 0 || byte === 0x20;
}

function parseBase256(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  const isNegative = (first & 0x40) !== 0;
  let value = isNegative ? (first & 0x7f) - 0x80 : first & 0x7f;
  for (let i = 1; i < length; i++) {
    value = value * 256 + (block[start + i] ?? 0);
    if (!Number.isSafeInteger(value)) throw new TarFormatError('a header field is too large a number');
  }
  return value;
}
