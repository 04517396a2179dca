import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Bytes of the one file that may come out, and how often larger than its packed form. */
export type ZipBounds = { readonly mostBytes: number; readonly mostRatio: number };

/**
 * The content of the one file of a ZIP archive (PKWARE's APPNOTE 4.3; deflated or stored, no ZIP64, no encryption), or
 * the rest of a sentence about what is wrong with it. The file's name is not looked at, and nothing is written.
 */
export async function readOnlyFile(zip: Buffer, bounds: ZipBounds): Promise<Buffer | string> {
  const member = findMember(zip);
  if (typeof member === 'string') return member;
  const { packedBytes, bytes } = member;
  if (bytes > bounds.mostBytes) return 'holds a file that is too large to be a report';
  if (bytes > packedBytes * bounds.mostRatio + 1024) return 'holds a file that is packed like a bomb';
  try {
    return await unpack(zip, member);
  } catch {
    return 'holds a file that cannot be unpacked';
  }
}

type Member = {
  readonly method: number;
  readonly crc: Buffer;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its data in the archive. */
  readonly start: number;
};

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

/** Sizes come from the central directory: what wrote the archive as a stream knew them only at its end. */
function findMember(zip: Buffer): Member | string {
  const end = findEnd(zip);
  if (end === undefined) return 'is no ZIP archive';
  if (zip.readUInt16LE(end + 10) !== 1) return `holds ${zip.readUInt16LE(end + 10)} files instead of one`;
  const central = zip.readUInt32LE(end + 16);
  if (central + 46 > end || zip.readUInt32LE(central) !== centralSignature) return 'is no complete ZIP archive';
  const flags = zip.readUInt16LE(central + 8);
  const method = zip.readUInt16LE(central + 10);
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) return 'is packed in a way that is not ours';
  const packedBytes = zip.readUInt32LE(central + 20);
  const local = zip.readUInt32LE(central + 42);
  if (local + 30 > central || zip.readUInt32LE(local) !== localSignature) return 'is no complete ZIP archive';
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (start + packedBytes > central) return 'is no complete ZIP archive';
  const crc = zip.subarray(central + 16, central + 20);
  return { method, crc, packedBytes, bytes: zip.readUInt32LE(central + 24), start };
}

/** Behind the end record there may be a comment of at most 65 535 bytes. */
function findEnd(zip: Buffer): number | undefined {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === endSignature && at + 22 + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  return undefined;
}

/** A gzip stream made of the same bytes: its reader holds both the length and the CRC-32 against what came out. */
async function unpack(zip: Buffer, { method, crc, packedBytes, bytes, start }: Member): Promise<Buffer> {
  const data = zip.subarray(start, start + packedBytes);
  if (method === 0) {
    const packed = await promisify(gzip)(data, { level: 0 });
    if (!packed.subarray(-8, -4).equals(crc)) throw new Error('its CRC-32 is another one');
    return Buffer.from(data);
  }
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes);
  const content = await promisify(gunzip)(Buffer.concat([header, data, crc, length]), {
    maxOutputLength: Math.max(bytes, 1),
  });
  if (content.length !== bytes) throw new Error('its length is another one');
  return content;
}
