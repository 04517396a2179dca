import { type FoundPackage, isFit } from '../facts/file-facts.ts';

/**
 * The package of a header as rpm keeps it in its database: number of index entries and of data bytes, big-endian, the
 * entries (tag, type, offset, count), the data (rpm's "Package format", without magic). Undefined for what is none, and
 * for the keys that rpm keeps as if they were packages.
 */
export function readRpmHeader(header: Uint8Array): FoundPackage | undefined {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength);
  if (bytes.length < 8) return undefined;
  const [entries, dataBytes] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
  const start = 8 + 16 * entries;
  if (entries > maxEntries || start + dataBytes > bytes.length) return undefined;
  const data = bytes.subarray(start, start + dataBytes);
  const values = new Map<number, string>();
  for (let at = 8; at < start; at += 16) {
    const [tag, type, offset] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8)];
    const value = wantedTags.has(tag) ? readValue(data, type, offset) : undefined;
    if (value !== undefined) values.set(tag, value);
  }
  return toPackage(values);
}

const maxEntries = 65_535;
const tags = { name: 1000, version: 1001, release: 1002, epoch: 1003 } as const;
const wantedTags: ReadonlySet<number> = new Set(Object.values(tags));
const types = { int32: 4, string: 6 } as const;

function readValue(data: Buffer, type: number, offset: number): string | undefined {
  if (type === types.int32) return offset + 4 > data.length ? undefined : String(data.readUInt32BE(offset));
  if (type !== types.string) return undefined;
  const end = data.indexOf(0, offset);
  return end === -1 || offset >= data.length ? undefined : data.toString('utf8', offset, Math.min(end, offset + 1000));
}

function toPackage(values: ReadonlyMap<number, string>): FoundPackage | undefined {
  const name = values.get(tags.name);
  const epoch = values.get(tags.epoch);
  const version = `${epoch === undefined || epoch === '0' ? '' : `${epoch}:`}${values.get(tags.version)}-${values.get(tags.release)}`;
  const isWhole = values.has(tags.version) && values.has(tags.release);
  return isWhole && isFit(name) && isFit(version) && name !== 'gpg-pubkey' ? { type: 'rpm', name, version } : undefined;
}
