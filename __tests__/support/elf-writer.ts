/** What an ELF file of a test is made of; nothing but what a loader reads. */
export type ElfParts = {
  readonly is64?: boolean;
  readonly isLittle?: boolean;
  /** e_type: 1 object, 2 program, 3 shared. */
  readonly type?: number;
  readonly machine?: number;
  readonly interpreter?: string;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly isPie?: boolean;
  /** The string table stands behind everything else, as patchelf leaves it. */
  readonly stringsLast?: boolean;
  /** Stands in the writable segment, at a multiple of 16. */
  readonly data?: Buffer;
  /** Bytes of code between the first segment and the rest. */
  readonly code?: number;
};

const base = 0x400000;

/** Writes an ELF file (System V ABI, chapters 4 and 5) with a read-only, an executable and a writable segment. */
export function elf(parts: ElfParts = {}): Buffer {
  const { is64 = true, isLittle = true, type = 3, machine = 62, interpreter, needed, stringsLast = false } = parts;
  const width = is64 ? 8 : 4;
  const number = (value: number, bytes: number): Buffer => {
    const out = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; at++) out[isLittle ? at : bytes - 1 - at] = Math.floor(value / 256 ** at) % 256;
    return out;
  };
  const names = [...(needed ?? []), ...(parts.soname === undefined ? [] : [parts.soname])];
  const strings = Buffer.from(`\0${names.map((name) => `${name}\0`).join('')}`, 'latin1');
  const offsetOf = (name: string) => strings.indexOf(`\0${name}\0`) + 1;
  const headerBytes = is64 ? 64 : 52;
  const each = is64 ? 56 : 32;
  const hasDynamic = needed !== undefined;
  const count = type === 1 ? 0 : 3 + (interpreter === undefined ? 0 : 1) + (hasDynamic ? 1 : 0);
  const loader = interpreter === undefined ? Buffer.alloc(0) : Buffer.from(`${interpreter}\0`, 'latin1');
  const loaderAt = headerBytes + count * each;
  const stringsAt = loaderAt + loader.length;
  const firstEnd = stringsAt + (stringsLast ? 0 : strings.length);
  const dataAt = Math.ceil((firstEnd + (parts.code ?? 100)) / 16) * 16;
  const data = parts.data ?? Buffer.alloc(32);
  const dynamicAt = dataAt + Math.ceil(data.length / 16) * 16;
  const entries: [number, number][] = [...(needed ?? []).map((name): [number, number] => [1, offsetOf(name)])];
  if (parts.soname !== undefined) entries.push([14, offsetOf(parts.soname)]);
  if (parts.isPie) entries.push([0x6ffffffb, 0x08000000]);
  const dynamicBytes = hasDynamic ? (entries.length + 3) * 2 * width : 0;
  const lateAt = dynamicAt + dynamicBytes;
  entries.push([5, base + (stringsLast ? lateAt : stringsAt)], [10, strings.length], [0, 0]);
  const total = lateAt + (stringsLast ? strings.length : 0);
  const segment = (kind: number, flags: number, offset: number, bytes: number): Buffer =>
    Buffer.concat(
      is64
        ? [
            number(kind, 4),
            number(flags, 4),
            ...[offset, base + offset, base + offset, bytes, bytes, 16].map((value) => number(value, 8)),
          ]
        : [
            number(kind, 4),
            ...[offset, base + offset, base + offset, bytes, bytes].map((value) => number(value, 4)),
            number(flags, 4),
            number(16, 4),
          ],
    );
  const segments =
    count === 0
      ? []
      : [
          segment(1, 4, 0, firstEnd),
          segment(1, 5, firstEnd, dataAt - firstEnd),
          segment(1, 6, dataAt, total - dataAt),
          ...(interpreter === undefined ? [] : [segment(3, 4, loaderAt, loader.length)]),
          ...(hasDynamic ? [segment(2, 6, dynamicAt, dynamicBytes)] : []),
        ];
  const header = Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1, ...Array<number>(9).fill(0)]),
    number(type, 2),
    number(machine, 2),
    number(1, 4),
    number(0, width),
    number(count === 0 ? 0 : headerBytes, width),
    number(0, width),
    number(0, 4),
    number(headerBytes, 2),
    number(each, 2),
    number(count, 2),
    Buffer.alloc(6),
  ]);
  const out = Buffer.alloc(Math.max(total, headerBytes));
  Buffer.concat([header, ...segments, loader]).copy(out);
  if (!stringsLast) strings.copy(out, stringsAt);
  data.copy(out, dataAt);
  if (hasDynamic)
    Buffer.concat(entries.flatMap(([tag, value]) => [number(tag, width), number(value, width)])).copy(out, dynamicAt);
  if (stringsLast) strings.copy(out, lateAt);
  return out;
}

/** Go's build info as its linker writes it since 1.18. */
export function goBuildInfo(version: string, modules: string): Buffer {
  const frame = Buffer.alloc(16, 0xe9);
  const list = Buffer.concat([frame, Buffer.from(modules, 'utf8'), frame]);
  const head = Buffer.alloc(32);
  head.write('\xff Go buildinf:', 'latin1');
  head[14] = 8;
  head[15] = 2;
  return Buffer.concat([head, varint(version.length), Buffer.from(version), varint(list.length), list]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left >>= 7) {
    if (left < 0x80) return Buffer.from([...bytes, left]);
    bytes.push((left & 0x7f) | 0x80);
  }
}
