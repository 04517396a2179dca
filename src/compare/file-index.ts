import type { EntryTable } from '../image/entry-table.ts';

/** Every name of a root filesystem, sorted as JavaScript sorts strings, in columns: about 110 bytes a name. */
export type FileIndex = {
  /** Type, mode, owner and link target are the name's; size and content hash those of the body that it shows. */
  readonly table: EntryTable;
  /** Position of the layer that gave the name. */
  readonly layers: Uint16Array;
  /** 1 where the name is the first of its body: these bodies together are visibleBytes. */
  readonly isFirst: Uint8Array;
};
