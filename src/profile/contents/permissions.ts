import type { FileNode } from '../../image/root-filesystem.ts';
import type { Contents } from './contents-schema.ts';

type Permitted = Contents['setuid']['list'][number];

/** Gathers files by permission bits, in the order of their paths. */
export class PermissionLists {
  readonly #setuid: Permitted[] = [];
  readonly #worldWritable: Permitted[] = [];
  #setuidCount = 0;
  #worldWritableCount = 0;

  /** Takes the next name of the root filesystem. */
  add(node: FileNode): void {
    const type = node.body !== null ? 'file' : node.entry.type === 'directory' ? 'directory' : null;
    if (type === null) return;
    // A hard link shares the inode of its file, whichever header says the mode.
    const { mode } = node.body?.entry ?? node.entry;
    if (type === 'file' && (mode & setIds) !== 0 && ++this.#setuidCount <= mostRows)
      this.#setuid.push(describe(node, type));
    const isOpen = (mode & othersWrite) !== 0 && (type === 'file' || (mode & sticky) === 0);
    if (isOpen && ++this.#worldWritableCount <= mostRows) this.#worldWritable.push(describe(node, type));
  }

  finish(): Pick<Contents, 'setuid' | 'worldWritable'> {
    return {
      setuid: { count: this.#setuidCount, list: this.#setuid },
      worldWritable: { count: this.#worldWritableCount, list: this.#worldWritable },
    };
  }
}

const setIds = 0o6000;
const othersWrite = 0o002;
const sticky = 0o1000;
const mostRows = 200;

function describe({ path, layer, entry, body }: FileNode, type: Permitted['type']): Permitted {
  const { mode, uid, gid } = body?.entry ?? entry;
  return { path: `/${path}`, layer: body?.layer ?? layer, type, mode, uid, gid };
}
