import { ByteWindow } from './byte-window.ts';
import { elfArchitecture } from './elf-architecture.ts';
import { type ElfDynamic, readElfDynamic } from './elf-dynamic.ts';
import { type ElfHeader, type ElfSegment, segmentType } from './elf-header.ts';
import { type BinaryFacts, type FileFacts, isFit } from './file-facts.ts';
import { readGoBuildInfo } from './go-build-info.ts';
import { GoInfoFinder } from './go-info-finder.ts';

/**
 * What follows an ELF header, as it streams by. The names of libraries mostly stand in the first segment, before the
 * section that says where they stand: so much of the file is kept, up to a bound.
 */
export class ElfBody {
  readonly #header: ElfHeader;
  readonly #interpreter: ByteWindow | null;
  readonly #dynamic: ByteWindow | null;
  readonly #first: ByteWindow | null;
  readonly #go: GoInfoFinder;
  /** Of a file whose string table was moved behind everything else, as patchelf does. */
  #late: ByteWindow | null = null;
  #read: ElfDynamic | null = null;

  /** No segment of the header reaches beyond the file. */
  constructor(header: ElfHeader) {
    this.#header = header;
    const { segments } = header;
    const find = (type: number) => segments.find((each) => each.type === type);
    this.#interpreter = windowOf(find(segmentType.interpreter), maxInterpreterBytes);
    this.#dynamic = windowOf(find(segmentType.dynamic), maxDynamicBytes);
    this.#first = this.#dynamic && windowOf(find(segmentType.load), maxFirstBytes);
    this.#go = new GoInfoFinder(segments.filter((each) => each.type === segmentType.load && each.isWritable));
  }

  /** Takes the next slice, which begins at `position`; slices may overlap. */
  update(slice: Buffer, position: number): void {
    this.#interpreter?.capture(slice, position);
    this.#first?.capture(slice, position);
    this.#late?.capture(slice, position);
    this.#go.update(slice, position);
    if (this.#dynamic === null || this.#read !== null) return;
    this.#dynamic.capture(slice, position);
    if (!this.#dynamic.isFull) return;
    this.#read = readElfDynamic(this.#dynamic.bytes, this.#header);
    this.#late = this.#openLate(this.#read);
    this.#late?.capture(slice, position);
  }

  finish(): FileFacts {
    const packages = this.#go.found && readGoBuildInfo(this.#go.found);
    return {
      binary: this.#describe(),
      ...(typeof packages === 'string' ? { trouble: packages } : packages === null ? {} : { packages }),
    };
  }

  #openLate({ strings }: ElfDynamic): ByteWindow | null {
    if (strings === null || this.#first === null || strings.offset < this.#first.end) return null;
    return new ByteWindow(strings.offset, strings.offset + Math.min(strings.bytes, maxFirstBytes));
  }

  #describe(): BinaryFacts {
    const { machine } = this.#header;
    const interpreter = this.#interpreter && textAt(this.#interpreter.bytes, 0);
    const needed = this.#needed();
    return {
      architecture: elfArchitecture(machine, this.#header),
      kind: this.#kind(),
      ...(isFit(interpreter) ? { interpreter } : {}),
      ...(needed === undefined ? {} : { needed }),
    };
  }

  #kind(): BinaryFacts['kind'] {
    if (this.#header.type === elfType.dynamic)
      return !this.#read?.isLibrary && (this.#interpreter !== null || this.#read?.isProgram) ? 'program' : 'library';
    if (this.#header.type === elfType.program) return 'program';
    return this.#header.type === elfType.object ? 'object' : 'other';
  }

  /** Without a dynamic section nothing is needed; with one that points to where nothing was kept nobody knows. */
  #needed(): string[] | undefined {
    if (this.#dynamic === null) return [];
    const { needed = [], strings } = this.#read ?? {};
    if (needed.length === 0) return this.#read === null ? undefined : [];
    const table = strings && [this.#first, this.#late].find((each) => each?.holds(strings.offset, 1));
    if (!strings || !table) return undefined;
    const bytes = table.from(strings.offset, strings.bytes);
    const names = needed.map((at) => textAt(bytes, at));
    return names.every(isFit) ? names : undefined;
  }
}

const elfType = { object: 1, program: 2, dynamic: 3 } as const;
const maxInterpreterBytes = 4096;
const maxDynamicBytes = 64 * 1024;
/** More than the largest libraries keep in their first segment, unless their code stands in it. */
const maxFirstBytes = 16 * 1024 * 1024;

function windowOf(segment: ElfSegment | undefined, most: number): ByteWindow | null {
  return segment === undefined ? null : new ByteWindow(segment.offset, segment.offset + Math.min(segment.bytes, most));
}

/** The text up to the next zero; undefined when there is none. */
function textAt(bytes: Buffer, at: number): string | undefined {
  if (at >= bytes.length) return undefined;
  const end = bytes.indexOf(0, at);
  return end === -1 ? undefined : bytes.toString('latin1', at, Math.min(end, at + 1000));
}
