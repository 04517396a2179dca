/** One entry of a tar, with every field open so that tests can write what no sane tool writes. */
export type TarRecord = {
  readonly name: string | Buffer;
  readonly flag?: string;
  readonly body?: Buffer;
  /** The header's size field; the body's length unless given. */
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly linkName?: string | Buffer;
  readonly prefix?: string;
  readonly major?: number;
  readonly minor?: number;
  readonly magic?: 'ustar' | 'gnu' | 'v7';
  /** Numbers in base 256 instead of octal. */
  readonly base256?: boolean;
  readonly checksum?: 'right' | 'signed' | 'wrong';
  /** Last change to the 512 header bytes, before the checksum. */
  readonly patch?: (header: Buffer) => void;
};

/** A whole tar: the records, then the end-of-archive marker, then whatever `trailer` says. */
export function tar(records: readonly TarRecord[], trailer: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([...records.map(tarRecord), Buffer.alloc(1024), trailer]);
}

/** Header, body and padding of one record. */
export function tarRecord(record: TarRecord): Buffer {
  const body = record.body ?? Buffer.alloc(0);
  return Buffer.concat([tarHeader(record), body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

/** A PAX extended header for the next record. */
export function pax(values: readonly (readonly [string, string | Buffer])[], flag = 'x'): TarRecord {
  return { name: 'PaxHeaders/x', flag, body: Buffer.concat(values.map(([key, value]) => paxRecord(key, value))) };
}

/** GNU's long name (`L`) or long link name (`K`) for the next record. */
export function gnuLong(flag: 'L' | 'K', name: string | Buffer): TarRecord {
  return { name: '././@LongLink', flag, magic: 'gnu', body: Buffer.concat([Buffer.from(name), Buffer.alloc(1)]) };
}

/** Old GNU sparse file: `segments` say where the parts of `body` lie; more than four of them need extension blocks. */
export function oldSparse(
  name: string,
  realSize: number,
  segments: readonly { readonly offset: number; readonly length: number }[],
  body: Buffer,
): Buffer {
  const header = tarHeader({
    name,
    flag: 'S',
    magic: 'gnu',
    size: body.length,
    patch: (block) => {
      writeSegments(block, 386, segments.slice(0, 4));
      block[482] = segments.length > 4 ? 1 : 0;
      if (realSize >= 8 ** 11) writeBase256(block, realSize, 483, 12);
      else block.write(octal(realSize, 12), 483, 'latin1');
    },
  });
  const extensions: Buffer[] = [];
  for (let at = 4; at < segments.length; at += 21) {
    const block = Buffer.alloc(512);
    writeSegments(block, 0, segments.slice(at, at + 21));
    block[504] = segments.length > at + 21 ? 1 : 0;
    extensions.push(block);
  }
  return Buffer.concat([header, ...extensions, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

function tarHeader(record: TarRecord): Buffer {
  const header = Buffer.alloc(512);
  const { magic = 'ustar', base256 = false } = record;
  const number = (value: number, at: number, length: number) => {
    if (base256) writeBase256(header, value, at, length);
    else header.write(octal(value, length), at, 'latin1');
  };
  writeName(header, record.name, 0);
  number(record.mode ?? 0o644, 100, 8);
  number(record.uid ?? 0, 108, 8);
  number(record.gid ?? 0, 116, 8);
  number(record.size ?? record.body?.length ?? 0, 124, 12);
  number(0, 136, 12);
  header.write(record.flag ?? '0', 156, 'latin1');
  writeName(header, record.linkName ?? '', 157);
  if (magic === 'ustar') header.write('ustar\x0000', 257, 'latin1');
  if (magic === 'gnu') header.write('ustar  \0', 257, 'latin1');
  number(record.major ?? 0, 329, 8);
  number(record.minor ?? 0, 337, 8);
  header.write(record.prefix ?? '', 345, 'latin1');
  record.patch?.(header);
  header.write(octal(checksumOf(header, record.checksum), 7), 148, 'latin1');
  header[155] = 0x20;
  return header;
}

function checksumOf(header: Buffer, kind: TarRecord['checksum']): number {
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + (kind === 'signed' && byte > 127 ? byte - 256 : byte), 0);
  return kind === 'wrong' ? sum + 1 : sum;
}

function writeName(header: Buffer, name: string | Buffer, at: number): void {
  const bytes = Buffer.from(name);
  if (bytes.length > 100) throw new RangeError(`a name of ${bytes.length} bytes does not fit into a header`);
  bytes.copy(header, at);
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`;
}

function writeBase256(header: Buffer, value: number, at: number, length: number): void {
  let rest = BigInt.asUintN(8 * length, BigInt(value));
  for (let i = at + length - 1; i >= at; i--) {
    header[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  header[at] = (header[at] ?? 0) | 0x80;
}

function writeSegments(
  block: Buffer,
  start: number,
  segments: readonly { readonly offset: number; readonly length: number }[],
): void {
  segments.forEach(({ offset, length }, i) => {
    block.write(octal(offset, 12), start + 24 * i, 'latin1');
    block.write(octal(length, 12), start + 24 * i + 12, 'latin1');
  });
}

function paxRecord(key: string, value: string | Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
