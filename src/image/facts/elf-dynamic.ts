import { ElfNumbers, type ElfSegment, segmentType } from './elf-header.ts';

/** What the dynamic section says (System V ABI, "Dynamic Section"). */
export type ElfDynamic = {
  /** Of the names of needed libraries in the string table. */
  readonly needed: readonly number[];
  /** The string table's place in the file; null when there is none. */
  readonly strings: { readonly offset: number; readonly bytes: number } | null;
  /** DF_1_PIE: a program, though its type says shared object. */
  readonly isProgram: boolean;
  /** DT_SONAME: a library, though it can be started (libc can). */
  readonly isLibrary: boolean;
};

export function readElfDynamic(
  bytes: Buffer,
  { is64, isLittle, segments }: { is64: boolean; isLittle: boolean; segments: readonly ElfSegment[] },
): ElfDynamic {
  const numbers = new ElfNumbers(bytes, is64, isLittle);
  const width = is64 ? 8 : 4;
  const needed: number[] = [];
  let address: number | null = null;
  let length = 0;
  let isProgram = false;
  let isLibrary = false;
  for (let at = 0; at + 2 * width <= bytes.length; at += 2 * width) {
    const tag = numbers.address(at);
    const value = numbers.address(at + width);
    if (tag === tags.end) break;
    if (tag === tags.needed && needed.length < maxNeeded) needed.push(value);
    else if (tag === tags.ownName) isLibrary = true;
    else if (tag === tags.strings) address = value;
    else if (tag === tags.stringsBytes) length = value;
    else if (tag === tags.flags1) isProgram = Number.isFinite(value) && (value & pieFlag) !== 0;
  }
  const offset = address === null ? null : offsetOf(address, segments);
  return { needed, strings: offset === null ? null : { offset, bytes: length }, isProgram, isLibrary };
}

const tags = { end: 0, needed: 1, strings: 5, stringsBytes: 10, ownName: 14, flags1: 0x6ffffffb } as const;
const pieFlag = 0x08000000;
const maxNeeded = 200;

/** Where in the file the byte lies that is loaded to this address. */
function offsetOf(address: number, segments: readonly ElfSegment[]): number | null {
  const home = segments.find(
    (each) => each.type === segmentType.load && address >= each.address && address < each.address + each.bytes,
  );
  return home === undefined ? null : address - home.address + home.offset;
}
