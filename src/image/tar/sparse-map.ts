import { parseNumericField } from './numeric-field.ts';
import { type PaxRecords, parseDecimal, paxBytes, paxNumber } from './pax-records.ts';
import { TarFormatError } from './tar-error.ts';

/** The parts of a sparse file that the archive holds, in order; everything else up to the logical size is zeros. */
export type SparseMap = readonly { readonly offset: number; readonly length: number }[];

/** How a PAX header describes a sparse file (GNU tar manual, "PAX Format, Versions 0.0, 0.1, 1.0"); null for a file that is not sparse. */
export type PaxSparse =
  | {
      readonly kind: 'in-header';
      readonly map: SparseMap;
      readonly size: number | undefined;
      readonly name: Buffer | undefined;
    }
  | { readonly kind: 'in-body'; readonly size: number | undefined; readonly name: Buffer | undefined };

/** Reads the `GNU.sparse.*` records; an unknown version is treated as an ordinary file, as engines do. */
export function paxSparse(records: PaxRecords | null): PaxSparse | null {
  if (records === null) return null;
  const major = paxBytes(records, 'GNU.sparse.major')?.toString('latin1') ?? '';
  const minor = paxBytes(records, 'GNU.sparse.minor')?.toString('latin1') ?? '';
  const size = paxNumber(records, 'GNU.sparse.size') ?? paxNumber(records, 'GNU.sparse.realsize');
  const name = paxBytes(records, 'GNU.sparse.name');
  if (major === '1' && minor === '0') return { kind: 'in-body', size, name };
  const hasVersion0 = major === '0' && (minor === '0' || minor === '1');
  const map = records.values.get('GNU.sparse.map');
  const hasMap = map !== undefined || records.sparsePairs.length > 0;
  if (!hasVersion0 && !(major === '' && minor === '' && hasMap)) return null;
  return { kind: 'in-header', map: pairsToMap(map ? numbersOf(map) : records.sparsePairs), size, name };
}

/** The segments in an old GNU sparse header or its extension block, up to the first unused slot. */
export function readOldSegments(block: Buffer, start: number, slots: number): SparseMap {
  const map: { offset: number; length: number }[] = [];
  for (let slot = start; slot < start + slots * 24; slot += 24) {
    if (block[slot] === 0) break;
    map.push({ offset: parseNumericField(block, slot, 12), length: parseNumericField(block, slot + 12, 12) });
  }
  return map;
}

/** Throws TarFormatError unless the segments are in order, inside the logical size, and exactly what the archive stores. */
export function checkSparseMap(map: SparseMap, logicalSize: number, storedSize: number): void {
  if (logicalSize < 0) throw new TarFormatError('a sparse file has a negative size');
  let end = 0;
  let stored = 0;
  for (const { offset, length } of map) {
    if (offset < end || length < 0) throw new TarFormatError('a sparse map is out of order');
    end = offset + length;
    stored += length;
  }
  if (end > logicalSize) throw new TarFormatError('a sparse map reaches past the end of its file');
  if (stored !== storedSize) throw new TarFormatError('a sparse map does not fit the data that is stored');
}

/** Offsets and lengths in turn, as a map. */
export function pairsToMap(numbers: readonly number[]): SparseMap {
  if (numbers.length % 2 !== 0) throw new TarFormatError('a sparse map has an offset without a length');
  const map: { offset: number; length: number }[] = [];
  for (let i = 0; i < numbers.length; i += 2) map.push({ offset: numbers[i] ?? 0, length: numbers[i + 1] ?? 0 });
  return map;
}

function numbersOf(text: Buffer): readonly number[] {
  return text
    .toString('latin1')
    .split(',')
    .map((part) => parseDecimal(part, 'a sparse map'));
}
