import type { EntryTable } from '../image/entry-table.ts';
import { EntryTableBuilder } from '../image/entry-table-builder.ts';
import type { FileNode, RootFilesystem } from '../image/root-filesystem.ts';
import { runAtOnce, type Steps } from '../slices.ts';
import { Column, uint8, uint32 } from './column.ts';

/** Every name of a root filesystem, sorted as JavaScript sorts strings, in columns: about 110 bytes a name. */
export type FileIndex = {
  /** Type, mode, owner and link target are the name's; size and content hash those of the body that it shows. */
  readonly table: EntryTable;
  /** Position of the layer that gave the name. */
  readonly layers: Uint32Array;
  /** 1 where the name is the first of its body: these bodies together are visibleBytes. */
  readonly isFirst: Uint8Array;
};

/** Takes down what a comparison by file needs; times are no part of it. */
export function indexFiles(filesystem: RootFilesystem): FileIndex {
  return runAtOnce(indexingFiles(filesystem));
}

/** The same in steps. */
export function* indexingFiles({ files }: RootFilesystem): Steps<FileIndex> {
  const table = new EntryTableBuilder();
  const layers = new Column(uint32);
  const isFirst = new Column(uint8);
  const shown = new Set<unknown>();
  let names = 0;
  for (const node of files.values()) {
    table.add(entryOf(node));
    layers.push(node.layer);
    isFirst.push(isFirstName(node, shown) ? 1 : 0);
    if (++names % namesAStep === 0) yield;
  }
  return { table: table.finish(), layers: layers.finish(), isFirst: isFirst.finish() };
}

/** About a millisecond's. */
const namesAStep = 500;

function entryOf({ path, entry, body }: FileNode) {
  const { type, mode, uid, gid, linkTarget } = entry;
  return {
    path,
    type,
    mode,
    uid,
    gid,
    linkTarget,
    bytes: body?.entry.bytes ?? 0,
    contentHash: body?.entry.contentHash,
  };
}

/** Only bodies with several names need remembering. */
function isFirstName({ body }: FileNode, shown: Set<unknown>): boolean {
  if (body === null) return false;
  if (body.names === 1) return true;
  if (shown.has(body.entry)) return false;
  shown.add(body.entry);
  return true;
}
