import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A ZIP archive with one deflated file in it, as PKWARE's APPNOTE 4.3 describes it; `name` is plain ASCII. */
export async function writeZip(name: string, content: Buffer): Promise<Buffer> {
  // Node before 20.15 has no CRC-32 of its own; at the end of a gzip stream stands one.
  const packed = await promisify(gzip)(content);
  const deflated = packed.subarray(10, -8);
  const member = Buffer.alloc(26);
  member.writeUInt16LE(20, 0); // version needed: 2.0, deflate
  member.writeUInt16LE(8, 4); // method: deflate
  member.writeUInt16LE(0x21, 8); // 1980-01-01: a time would only make equal reports differ
  packed.copy(member, 10, packed.length - 8, packed.length - 4); // CRC-32
  member.writeUInt32LE(deflated.length, 14);
  member.writeUInt32LE(content.length, 18);
  member.writeUInt16LE(name.length, 22);
  const file = Buffer.from(name, 'latin1');
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), member, file, deflated]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), member, Buffer.alloc(14), file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}
