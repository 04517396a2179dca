import type { Contents } from './contents-schema.ts';
import { TopList } from './top-list.ts';

type Directory = Contents['directories'][number];
type Open = { readonly path: string; bytes: number; files: number; largestChild: number };

/** Sums up directories while their files pass by, those of one directory and all below it in one run, as a root filesystem lists them. */
export class LargestDirectories {
  readonly #top: TopList<Directory>;
  #open: Open[] = [{ path: '', bytes: 0, files: 0, largestChild: 0 }];

  constructor(most: number) {
    this.#top = new TopList(most);
  }

  /** A file's bytes; `parent` is the ImagePath of its directory. */
  add(parent: string, bytes: number): void {
    const directory = this.#enter(parent);
    directory.bytes += bytes;
    directory.files++;
  }

  /** Largest first; the root is none of them. */
  finish(): Directory[] {
    while (this.#open.length > 1) this.#leave();
    return this.#top.list;
  }

  #enter(path: string): Open {
    for (let at = this.#open.at(-1); at !== undefined; at = this.#open.at(-1)) {
      if (at.path === path) return at;
      if (at.path === '' || path.startsWith(`${at.path}/`)) break;
      this.#leave();
    }
    const from = this.#open.at(-1)?.path ?? '';
    for (let end = path.indexOf('/', from === '' ? 0 : from.length + 1); end !== -1; end = path.indexOf('/', end + 1))
      this.#open.push({ path: path.slice(0, end), bytes: 0, files: 0, largestChild: 0 });
    const opened = { path, bytes: 0, files: 0, largestChild: 0 };
    this.#open.push(opened);
    return opened;
  }

  #leave(): void {
    const done = this.#open.pop();
    const parent = this.#open.at(-1);
    if (done === undefined || parent === undefined) return;
    parent.bytes += done.bytes;
    parent.files += done.files;
    parent.largestChild = Math.max(parent.largestChild, done.bytes);
    const { path, bytes, files, largestChild } = done;
    if (bytes > 0 && largestChild < mostInOne * bytes) this.#top.add({ path: `/${path}`, bytes, files });
  }
}

/** With a greater share in one directory below, that one says more. */
const mostInOne = 0.9;
