import { gnuLong, oldSparse, pax, type TarRecord, tarRecord } from '../__tests__/support/tar-writer.ts';
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

/** Changes a tar by its records: some go, come, move or lie; checksums are put right again, mostly. */
export function mutateTar(input: Buffer, other: Buffer, random: Random): Buffer {
  if (random.chance(0.1)) return mutateBytes(input, other, random);
  let records = splitTar(input);
  const strangers = splitTar(other);
  for (let left = 1 + random.int(5); left > 0; left--) records = changeRecords(records, strangers, random);
  return Buffer.concat(records);
}

/** Headers with their bodies; end markers and what cannot be understood are a last record. */
export function splitTar(tar: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  let at = 0;
  while (at + 512 <= tar.length && tar[at] !== 0) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    const end = at + 512 + (Number.isSafeInteger(size) && size >= 0 ? Math.ceil(size / 512) * 512 : 0);
    if (end > tar.length) break;
    records.push(tar.subarray(at, end));
    at = end;
  }
  if (at < tar.length) records.push(tar.subarray(at));
  return records;
}

function changeRecords(records: readonly Buffer[], strangers: readonly Buffer[], random: Random): readonly Buffer[] {
  const at = random.int(Math.max(1, records.length));
  const record = records[at];
  if (record === undefined || random.chance(0.25)) return records.toSpliced(at, 0, inventRecord(random));
  if (random.chance(0.1)) return records.toSpliced(at, 1);
  if (random.chance(0.1)) return records.toSpliced(random.int(records.length + 1), 0, record);
  if (random.chance(0.1) && strangers.length > 0) return records.toSpliced(at, 0, random.pick(strangers));
  if (random.chance(0.1)) return records.toSpliced(at, 1).toSpliced(random.int(records.length), 0, record);
  return records.with(at, changeRecord(Buffer.from(record), random));
}

function changeRecord(record: Buffer, random: Random): Buffer {
  if (record.length < 512) return mutateBytes(record, record, random);
  if (record.length > 512 && random.chance(0.3))
    return Buffer.concat([record.subarray(0, 512), mutateBytes(record.subarray(512), record, random)]);
  random.pick(headerChanges)(record, random);
  if (random.chance(0.95)) fixChecksum(record);
  return record;
}

const headerChanges: readonly ((header: Buffer, random: Random) => void)[] = [
  (header, random) => write(header, 0, 100, random.pick(names)),
  (header, random) => write(header, 157, 100, random.pick(names)),
  (header, random) => write(header, 345, 155, random.pick(names)),
  (header, random) => void header.write(random.pick([...flags]), 156, 'latin1'),
  (header, random) =>
    write(header, 124, 12, random.pick(['00000000000', '00000000001', '77777777777', '00000001000', 'x', '-1', ''])),
  (header, random) => void header.fill(0xff, 124, 124 + random.int(13)),
  (header, random) =>
    write(header, random.pick([100, 108, 116]), 8, random.pick(['0000755', '0004755', '7777777', '9', ''])),
  (header, random) => write(header, 257, 8, random.pick(['ustar\x0000', 'ustar  \0', ''])),
  (header, random) => void header.writeUInt8(random.int(2), 482),
  (header, random) => void header.writeUInt8(random.int(256), random.int(512)),
];

function inventRecord(random: Random): Buffer {
  const name = random.pick(names);
  return random.pick<() => Buffer>([
    () => record({ name, body: Buffer.alloc(random.int(1500), 'x'), mode: random.pick([0o644, 0o755]) }),
    () => record({ name, flag: '5' }),
    () => record({ name, flag: random.pick(['1', '2']), linkName: random.pick(names) }),
    () => record({ name, flag: random.pick([...flags]), linkName: random.pick(names), major: random.int(2) }),
    () =>
      record(
        pax(
          [[random.pick(paxKeys), random.pick([...names, '0', '1', '-1', '9007199254740991', '1,2', '0,5,10,5'])]],
          random.pick(['x', 'x', 'g']),
        ),
      ),
    () => record(gnuLong(random.pick(['L', 'K']), random.chance(0.5) ? name : name.repeat(random.int(300)))),
    () =>
      oldSparse(name.slice(0, 100), random.pick([0, 10, 9000, 2 ** 40]), sparseParts(random), Buffer.alloc(20, 'x')),
    () => Buffer.alloc(512 * (1 + random.int(2))),
  ])();
}

function record(fields: TarRecord): Buffer {
  return tarRecord(fields);
}

function sparseParts(random: Random): readonly { offset: number; length: number }[] {
  return Array.from({ length: random.int(8) }, (_, i) => ({
    offset: i * random.pick([5, 100]),
    length: random.pick([0, 4, 5]),
  }));
}

function write(header: Buffer, at: number, length: number, text: string): void {
  header.fill(0, at, at + length);
  header.write(text.slice(0, length), at, 'latin1');
}

/** Lets a change get past the checksum, so that the fields behind it are reached. */
function fixChecksum(header: Buffer): void {
  header.fill(0x20, 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

const flags = '01234567SxgLKVDMNZ\0';
/** Few and alike, so that they meet. */
const names = [
  ...['a', 'b', 'a/a', 'a/b', 'b/a', 'a/a/a', './a', '/a', 'a/', 'a//b', '../a', 'a/../b', '.', '..', '', '/'],
  ...[
    '.wh.a',
    'a/.wh.a',
    'a/.wh.b',
    '.wh..wh..opq',
    'a/.wh..wh..opq',
    '.wh.',
    '.wh..',
    '.wh..wh..wh.a',
    '.wh..wh.plnk/1',
  ],
  ...[
    'etc/passwd',
    'etc/group',
    'usr/lib/os-release',
    'a\xff',
    '\xc3\xa4',
    'a\\xFF',
    'a\n',
    '\xe2\x80\xaea',
    'n'.repeat(99),
  ],
];
const paxKeys = [
  ...['path', 'linkpath', 'size', 'uid', 'gid', 'mtime', 'comment', 'hdrcharset', 'SCHILY.xattr.user.x'],
  ...[
    'GNU.sparse.major',
    'GNU.sparse.minor',
    'GNU.sparse.size',
    'GNU.sparse.realsize',
    'GNU.sparse.map',
    'GNU.sparse.name',
  ],
  ...['GNU.sparse.offset', 'GNU.sparse.numbytes', 'GNU.sparse.numblocks'],
];
