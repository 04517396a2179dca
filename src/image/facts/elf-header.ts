/** What the ELF header and the program headers say (System V ABI, chapters 4 and 5). Numbers that do not fit are cut to what does. */
export type ElfHeader = {
  readonly is64: boolean;
  readonly isLittle: boolean;
  /** e_type. */
  readonly type: number;
  /** e_machine. */
  readonly machine: number;
  readonly segments: readonly ElfSegment[];
};

export type ElfSegment = {
  readonly type: number;
  readonly isWritable: boolean;
  /** In the file. */
  readonly offset: number;
  /** In memory. */
  readonly address: number;
  /** In the file. */
  readonly bytes: number;
};

export const segmentType = { load: 1, dynamic: 2, interpreter: 3 } as const;

/** Where the program headers end; null for what is no ELF that could be loaded or linked. */
export function endOfProgramHeaders(head: Buffer): number | null {
  const fields = readFields(head);
  return fields && fields.offset + fields.count * fields.each;
}

/** The header of an ELF file; `head` are its first bytes. Segments beyond `head` are left out. Null for what is none. */
export function readElfHeader(head: Buffer): ElfHeader | null {
  const fields = readFields(head);
  if (fields === null) return null;
  const { is64, isLittle, type, machine, offset, count, each } = fields;
  const segments: ElfSegment[] = [];
  for (let at = offset; segments.length < count && at + each <= head.length; at += each)
    segments.push(readSegment(new ElfNumbers(head, is64, isLittle), at));
  return { is64, isLittle, type, machine, segments };
}

type Fields = Omit<ElfHeader, 'segments'> & { readonly offset: number; readonly count: number; readonly each: number };

function readFields(head: Buffer): Fields | null {
  const [fileClass, order] = [head[4], head[5]];
  if ((fileClass !== 1 && fileClass !== 2) || (order !== 1 && order !== 2)) return null;
  const is64 = fileClass === 2;
  if (head.length < (is64 ? 64 : 52)) return null;
  const numbers = new ElfNumbers(head, is64, order === 1);
  const each = numbers.half(is64 ? 54 : 42);
  const isUsual = each === (is64 ? 56 : 32);
  return {
    is64,
    isLittle: order === 1,
    type: numbers.half(16),
    machine: numbers.half(18),
    offset: numbers.address(is64 ? 32 : 28),
    count: isUsual ? Math.min(numbers.half(is64 ? 56 : 44), maxSegments) : 0,
    each,
  };
}

const maxSegments = 256;

function readSegment(numbers: ElfNumbers, at: number): ElfSegment {
  const { is64 } = numbers;
  const flags = numbers.word(at + (is64 ? 4 : 24));
  return {
    type: numbers.word(at),
    isWritable: (flags & 2) !== 0,
    offset: numbers.address(at + (is64 ? 8 : 4)),
    address: numbers.address(at + (is64 ? 16 : 8)),
    bytes: numbers.address(at + (is64 ? 32 : 16)),
  };
}

/** Numbers of an ELF file by its class and byte order; the caller keeps the bounds. */
export class ElfNumbers {
  readonly is64: boolean;
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;

  constructor(bytes: Buffer, is64: boolean, isLittle: boolean) {
    this.#bytes = bytes;
    this.is64 = is64;
    this.#isLittle = isLittle;
  }

  half(at: number): number {
    return this.#isLittle ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  word(at: number): number {
    return this.#isLittle ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  /** An address or offset; what no file could have is Infinity. */
  address(at: number): number {
    if (!this.is64) return this.word(at);
    const value = this.#isLittle ? this.#bytes.readBigUInt64LE(at) : this.#bytes.readBigUInt64BE(at);
    return value > maxOffset ? Number.POSITIVE_INFINITY : Number(value);
  }
}

const maxOffset = 2n ** 52n;
