import type { FileNode } from '../../image/root-filesystem.ts';
import type { Contents } from './contents-schema.ts';
import { TopList } from './top-list.ts';

type Body = NonNullable<FileNode['body']>;
type Architecture = Contents['architectures'][number];

/** Gathers what can be run: binaries with what they ask for, and scripts with their interpreter. */
export class Binaries {
  readonly #binaries: TopList<Contents['binaries']['list'][number]>;
  readonly #scripts: TopList<Contents['scripts']['list'][number]>;
  readonly #architectures = new Map<string, Architecture>();

  constructor(most: number) {
    this.#binaries = new TopList(most);
    this.#scripts = new TopList(most);
  }

  /** A body under the name that counts. */
  add(path: string, { entry, layer }: Body): void {
    const { facts, bytes } = entry;
    if (facts?.script !== undefined) this.#scripts.add({ path: `/${path}`, bytes, layer, interpreter: facts.script });
    if (facts?.binary === undefined) return;
    const { architecture, kind, interpreter, needed } = facts.binary;
    const known = this.#architectures.get(architecture) ?? { architecture, count: 0, bytes: 0 };
    this.#architectures.set(architecture, { ...known, count: known.count + 1, bytes: known.bytes + bytes });
    this.#binaries.add({
      ...{ path: `/${path}`, bytes, layer, architecture, kind },
      ...(interpreter === undefined ? {} : { interpreter }),
      ...(needed === undefined ? {} : { needed }),
    });
  }

  finish(): Pick<Contents, 'architectures' | 'binaries' | 'scripts'> {
    const architectures = [...this.#architectures.values()].sort(
      (one, other) => other.bytes - one.bytes || (one.architecture < other.architecture ? -1 : 1),
    );
    return {
      architectures: architectures.slice(0, mostArchitectures),
      binaries: { count: this.#binaries.count, list: this.#binaries.list },
      scripts: { count: this.#scripts.count, list: this.#scripts.list },
    };
  }
}

const mostArchitectures = 50;
