import { Column, float64, int32 } from '../column.ts';
import { commonLength, type NameBytes } from '../file-index/name-order.ts';

/**
 * The directories that have changed names in them, in the order in which they end, so that what is in a directory
 * stands right before it; the root is last. All numbers count everything below a directory.
 */
export type Directories = {
  /** Length in bytes of the path with its last slash: the beginning of every name in it. */
  readonly prefixLengths: Int32Array;
  /** The changed names from here up to `ends` are in it. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The first of the directories that are in it; itself when there is none. */
  readonly inner: Int32Array;
  /** The changed name that is the directory itself; −1 where it is as it was. */
  readonly own: Int32Array;
  /** Names of either side, changed or not. */
  readonly names: Int32Array;
  /** Bytes that came and bytes that went, and one for each changed name. */
  readonly weights: Float64Array;
};

type Open = {
  readonly prefixLength: number;
  readonly start: number;
  readonly inner: number;
  readonly own: number;
  names: number;
  weight: number;
};

/** Is led through all names in order and keeps account of the directories that they are in. */
export class DirectoryWalk {
  readonly #columns = {
    prefixLengths: new Column(int32),
    starts: new Column(int32),
    ends: new Column(int32),
    inner: new Column(int32),
    own: new Column(int32),
    names: new Column(int32),
    weights: new Column(float64),
  };
  readonly #open: Open[] = [{ prefixLength: 0, start: 0, inner: 0, own: -1, names: 0, weight: 0 }];
  /** Changed directories that may still be entered, outer ones first. */
  readonly #waiting: { readonly name: NameBytes; readonly change: number }[] = [];
  #name: NameBytes = { names: new Uint8Array(), start: 0, end: 0 };
  #changes = 0;

  /** The next name of either side. */
  enter(name: NameBytes): void {
    const common = commonLength(this.#name, name);
    while (this.#top.prefixLength > common) this.#close();
    for (let at = name.start + this.#top.prefixLength; at < name.end; at++) {
      if (name.names[at] === slash) this.#openDirectory(name, at + 1 - name.start);
    }
    this.#top.names++;
    this.#name = name;
  }

  /** The name that was entered last is changed. */
  addChange(bytes: number, isDirectory: boolean): void {
    this.#top.weight += Math.abs(bytes) + 1;
    if (isDirectory) this.#waiting.push({ name: this.#name, change: this.#changes });
    this.#changes++;
  }

  finish(): Directories {
    while (this.#open.length > 0) this.#close();
    const { prefixLengths, starts, ends, inner, own, names, weights } = this.#columns;
    return {
      prefixLengths: prefixLengths.finish(),
      starts: starts.finish(),
      ends: ends.finish(),
      inner: inner.finish(),
      own: own.finish(),
      names: names.finish(),
      weights: weights.finish(),
    };
  }

  get #top(): Open {
    return this.#open.at(-1) ?? { prefixLength: 0, start: 0, inner: 0, own: -1, names: 0, weight: 0 };
  }

  #openDirectory(name: NameBytes, prefixLength: number): void {
    const inner = this.#columns.ends.length;
    const own = this.#takeWaiting({ ...name, end: name.start + prefixLength - 1 });
    this.#open.push({ prefixLength, start: this.#changes, inner, own, names: 0, weight: 0 });
  }

  /** `a-b` stands between `a` and what is in it: those that wait and sort before this one will not be entered any more. */
  #takeWaiting(directory: NameBytes): number {
    const length = directory.end - directory.start;
    for (let last = this.#waiting.at(-1); last !== undefined; last = this.#waiting.at(-1)) {
      const common = commonLength(last.name, directory);
      const isPrefix = common === last.name.end - last.name.start;
      if (isPrefix && common === length) return this.#waiting.pop()?.change ?? -1;
      if (isPrefix && (directory.names[directory.start + common] ?? 0) < slash) return -1;
      this.#waiting.pop();
    }
    return -1;
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const parent = this.#open.at(-1);
    if (parent !== undefined) {
      parent.names += closed.names;
      parent.weight += closed.weight;
    }
    if (closed.start === this.#changes && parent !== undefined) return;
    const { prefixLengths, starts, ends, inner, own, names, weights } = this.#columns;
    prefixLengths.push(closed.prefixLength);
    starts.push(closed.start);
    ends.push(this.#changes);
    inner.push(closed.inner);
    own.push(closed.own);
    names.push(closed.names);
    weights.push(closed.weight);
  }
}

const slash = 0x2f;
