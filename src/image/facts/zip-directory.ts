import { inflateRawSync } from 'node:zlib';

/** One file of a zip as its central directory lists it (APPNOTE.TXT 4.3.12). */
export type ZipFile = {
  readonly name: string;
  /** Neither stored nor deflated is not read. */
  readonly method: number;
  readonly isStored: boolean;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its local header in the archive. */
  readonly offset: number;
};

/** The files of a zip that is whole in memory, at most 100,000; a string says why there are none. Zip64 is not read. */
export function listZip(zip: Buffer): ZipFile[] | string {
  const end = zip.lastIndexOf(endMagic);
  if (end === -1 || end + 22 > zip.length) return 'it is no whole zip archive';
  const directoryBytes = zip.readUInt32LE(end + 12);
  const claimed = zip.readUInt32LE(end + 16);
  if (claimed === 0xffffffff || zip.readUInt16LE(end + 10) === 0xffff) return 'it is a zip archive of the 64-bit form';
  // A script may stand before the archive; offsets then begin behind it.
  const start = end - directoryBytes;
  const shift = start - claimed;
  if (start < 0 || shift < 0) return 'it is no whole zip archive';
  const files: ZipFile[] = [];
  for (let at = start; at + 46 <= end && files.length < maxFiles; ) {
    if (zip.readUInt32LE(at) !== fileMagic) break;
    const nameBytes = zip.readUInt16LE(at + 28);
    const method = zip.readUInt16LE(at + 10);
    files.push({
      name: zip.toString('utf8', at + 46, Math.min(end, at + 46 + nameBytes)),
      method,
      isStored: method === 0,
      packedBytes: zip.readUInt32LE(at + 20),
      bytes: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42) + shift,
    });
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

/** What a file of the zip holds, never more than `bytes` of it; null when that is broken or packed in another way than deflate. */
export function readZipped(zip: Buffer, { method, packedBytes, bytes, offset }: ZipFile): Buffer | null {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== localMagic) return null;
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const packed = zip.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) return null;
  if (method === 0) return packedBytes === bytes ? packed : null;
  if (method !== 8) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch {
    return null;
  }
}

const endMagic = Buffer.from('PK\x05\x06', 'latin1');
const fileMagic = 0x02014b50;
const localMagic = 0x04034b50;
const maxFiles = 100_000;
