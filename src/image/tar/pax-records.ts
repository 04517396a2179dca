import { TarFormatError } from './tar-error.ts';

/** The records of one PAX extended header (POSIX pax, "ustar-interchange-format"); values are bytes, the last of a key wins. */
export type PaxRecords = {
  readonly values: ReadonlyMap<string, Buffer>;
  /** GNU sparse 0.0 repeats its two keys once a segment: offset, length, offset, length… */
  readonly sparsePairs: readonly number[];
};

/** Reads `LENGTH KEY=VALUE\n` records; throws TarFormatError on any other shape. */
export function parsePaxRecords(body: Buffer): PaxRecords {
  const values = new Map<string, Buffer>();
  const sparsePairs: number[] = [];
  let at = 0;
  while (at < body.length) {
    const end = at + recordLength(body, at);
    const space = body.indexOf(0x20, at);
    const equals = body.indexOf(0x3d, space);
    if (equals < 0 || equals >= end || body[end - 1] !== 0x0a) throw malformed();
    const key = body.toString('utf8', space + 1, equals);
    const value = body.subarray(equals + 1, end - 1);
    if (key === '') throw malformed();
    if (isSparsePair(key)) addSparsePair(sparsePairs, key, value);
    else values.set(key, checkedValue(key, value));
    at = end;
  }
  return { values, sparsePairs };
}

/** A PAX number, decimal; undefined when the record is missing or empty (an empty value takes an earlier one back). */
export function paxNumber(records: PaxRecords | null, key: string): number | undefined {
  const value = records?.values.get(key);
  if (value === undefined || value.length === 0) return undefined;
  return parseDecimal(value.toString('latin1'), key);
}

/** A PAX string's bytes; undefined when missing or empty. */
export function paxBytes(records: PaxRecords | null, key: string): Buffer | undefined {
  const value = records?.values.get(key);
  return value === undefined || value.length === 0 ? undefined : value;
}

/** A non-negative or negative decimal that JavaScript can hold exactly; `what` names it in the error. */
export function parseDecimal(text: string, what: string): number {
  const value = /^-?[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new TarFormatError(`${what} is not a number that can be used`);
  return value;
}

function recordLength(body: Buffer, at: number): number {
  let length = 0;
  for (let i = at; i < at + 8 && i < body.length; i++) {
    const byte = body[i] ?? 0;
    if (byte === 0x20 && length > i - at + 3 && at + length <= body.length) return length;
    if (byte < 0x30 || byte > 0x39) break;
    length = length * 10 + byte - 0x30;
  }
  throw malformed();
}

function isSparsePair(key: string): boolean {
  return key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes';
}

function addSparsePair(pairs: number[], key: string, value: Buffer): void {
  const expected = pairs.length % 2 === 0 ? 'GNU.sparse.offset' : 'GNU.sparse.numbytes';
  if (key !== expected) throw malformed();
  pairs.push(parseDecimal(value.toString('latin1'), key));
}

function checkedValue(key: string, value: Buffer): Buffer {
  if ((key === 'path' || key === 'linkpath') && value.includes(0)) throw malformed();
  return value;
}

function malformed(): TarFormatError {
  return new TarFormatError('a PAX header is malformed');
}
