import { imagePath, textFromBytes } from '../image-path.ts';
import { type PaxRecords, paxBytes, paxNumber } from './pax-records.ts';
import { type PaxSparse, paxSparse, type SparseMap } from './sparse-map.ts';
import { TarFormatError } from './tar-error.ts';
import type { RawHeader } from './tar-header.ts';

export type TarEntryType = 'file' | 'hardlink' | 'symlink' | 'directory' | 'char' | 'block' | 'fifo' | 'other';

/** One entry after PAX and GNU extensions, read as Go's archive/tar reads it, since that is what engines unpack with. */
export type TarEntry = {
  /** Normalised ImagePath. */
  readonly path: string;
  /** The name's `..` led above the root. */
  readonly climbed: boolean;
  readonly type: TarEntryType;
  readonly flag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Logical size of a regular file, holes of a sparse one included; 0 for everything without content. */
  readonly size: number;
  /** Hard link: normalised ImagePath. Symlink: as written. '' for the rest. */
  readonly linkTarget: string;
  readonly isNullDevice: boolean;
  /** Which parts of a sparse file follow; null when the body is the file. */
  readonly sparse: SparseMap | null;
};

/** What extended headers said about the entry that follows them. */
export type Extensions = {
  readonly pax: PaxRecords | null;
  readonly longName: Buffer | null;
  readonly longLink: Buffer | null;
};

/** The entry and how many bytes of body the archive holds for it; `sparseInBody` when the body begins with a sparse map. */
export type EntryShape = { readonly entry: TarEntry; readonly storedSize: number; readonly sparseInBody: boolean };

/** Merges a header with its extensions; a type that has no content has no body, whatever its size field says. */
export function shapeEntry(header: RawHeader, extensions: Extensions): EntryShape {
  const sparse = header.flag === 'S' ? null : paxSparse(extensions.pax);
  const type = typeOf(header, extensions);
  if (sparse && type !== 'file') throw new TarFormatError('an entry that is no file has a sparse map');
  const hasBody = type === 'file' || type === 'other';
  const storedSize = hasBody ? (paxNumber(extensions.pax, 'size') ?? header.size) : 0;
  const size = type === 'file' ? (sparse?.size ?? storedSize) : 0;
  if (storedSize < 0 || size < 0) throw new TarFormatError('an entry has a negative size');
  return {
    entry: createEntry(header, extensions, { type, size, sparse }),
    storedSize,
    sparseInBody: sparse?.kind === 'in-body',
  };
}

type Resolved = { readonly type: TarEntryType; readonly size: number; readonly sparse: PaxSparse | null };

function createEntry(header: RawHeader, extensions: Extensions, { type, size, sparse }: Resolved): TarEntry {
  const name = imagePath(textFromBytes(sparse?.name ?? nameOf(header, extensions)));
  const link = textFromBytes(extensions.longLink ?? paxBytes(extensions.pax, 'linkpath') ?? header.linkName);
  return {
    path: name.path,
    climbed: name.climbed,
    type,
    flag: header.flag,
    mode: header.mode,
    uid: paxNumber(extensions.pax, 'uid') ?? header.uid,
    gid: paxNumber(extensions.pax, 'gid') ?? header.gid,
    size,
    linkTarget: type === 'hardlink' ? imagePath(link).path : type === 'symlink' ? link : '',
    isNullDevice: header.isNullDevice,
    sparse: sparse?.kind === 'in-header' ? sparse.map : null,
  };
}

function nameOf(header: RawHeader, { longName, pax }: Extensions): Buffer {
  return longName ?? paxBytes(pax, 'path') ?? header.name;
}

function typeOf(header: RawHeader, extensions: Extensions): TarEntryType {
  if (header.flag !== '\0') return types[header.flag] ?? 'other';
  // Before ustar a directory was a file whose name ends in a slash.
  return nameOf(header, extensions).at(-1) === 0x2f ? 'directory' : 'file';
}

const types: Readonly<Record<string, TarEntryType>> = {
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
};
