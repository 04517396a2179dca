import type { Steps } from '../../slices.ts';
import { type ChangedNames, changedName } from './changed-names.ts';
import {
  type Child,
  type Children,
  directoryChild,
  heaviestChildren,
  nameChild,
  type Span,
  withoutSpans,
} from './directory-children.ts';
import { isPackage, isPackageFolder } from './package-folders.ts';

/** What one row tells of: a changed name, or a directory with many. */
export type Fold =
  | { readonly kind: 'name'; readonly at: number }
  | { readonly kind: 'folder'; readonly path: string; readonly spans: readonly Span[]; readonly count: number };

/**
 * Folds changed names into at most `most` rows, every name in one of them. A directory is one row where most of it
 * changed and no few of its children account for that. Other directories are told by their children, the heaviest
 * directory first, and what there is no room for is a row of the directory that it is in.
 */
export function* foldingNames(changed: ChangedNames, most: number): Steps<readonly Fold[]> {
  const root = changed.directories.ends.length - 1;
  if (changed.bytes.length === 0) return [];
  const folding = new Folding(changed, most);
  folding.add(directoryChild(changed, root));
  return yield* folding.run();
}

/** So many names are told one by one. */
const few = 10;
/** So many children of one directory are told by themselves, when it has more. */
const mostApart = 30;

class Folding {
  readonly #changed: ChangedNames;
  readonly #most: number;
  readonly #rows: Fold[] = [];
  readonly #open: Child[] = [];

  constructor(changed: ChangedNames, most: number) {
    this.#changed = changed;
    this.#most = most;
  }

  add(child: Child): void {
    if (child.count === 1) this.#rows.push({ kind: 'name', at: child.spans[0]?.from ?? 0 });
    else this.#open.push(child);
  }

  *run(): Steps<readonly Fold[]> {
    for (let next = this.#takeHeaviest(); next !== undefined; next = this.#takeHeaviest()) {
      this.#tell(next);
      yield;
    }
    return this.#rows;
  }

  #takeHeaviest(): Child | undefined {
    let heaviest = 0;
    for (const [at, { weight }] of this.#open.entries()) {
      if (weight > (this.#open[heaviest]?.weight ?? 0)) heaviest = at;
    }
    return this.#open.splice(heaviest, 1)[0];
  }

  /** How many rows the directory that is being told may become. */
  get #room(): number {
    return this.#most - this.#rows.length - this.#open.length;
  }

  #tell(child: Child): void {
    const { spans, count } = child;
    const path = this.#pathOf(child.directory);
    const children = heaviestChildren(this.#changed, child.directory, this.#room);
    const chosen = this.#choose(child, path, children);
    if (chosen.length === 0) this.#rows.push({ kind: 'folder', path, spans, count });
    else this.#split(child, path, chosen);
  }

  /** The children to be told by themselves; none where the directory says it best. */
  #choose(child: Child, path: string, { heaviest, total }: Children): readonly Child[] {
    const room = this.#room;
    const apart = (number: number) => (total <= Math.min(number + 1, room) ? heaviest : heaviest.slice(0, number));
    if (child.count <= few && !(isPackage(path) && this.#isWhole(child))) return total <= room ? heaviest : [];
    // What is left over of a directory may be told in a few names.
    const most = Math.min(mostApart, Math.floor((room - few) / 2));
    if (most < 1 || isPackage(path)) return [];
    if (path === '' || !this.#isMostly(child) || isPackageFolder(path)) return apart(most);
    const large = heaviest.filter(({ weight }) => weight >= child.weight / 4);
    const share = large.reduce((sum, { weight }) => sum + weight, 0) / child.weight;
    return share >= 3 / 4 ? apart(Math.min(most, large.length)) : [];
  }

  #split(child: Child, path: string, chosen: readonly Child[]): void {
    for (const each of chosen) this.add(each);
    const spans = withoutSpans(
      child.spans,
      chosen.flatMap((each) => each.spans),
    );
    const count = spans.reduce((sum, { from, to }) => sum + to - from, 0);
    if (count > few) this.#rows.push({ kind: 'folder', path, spans, count });
    else for (const { from, to } of spans) for (let at = from; at < to; at++) this.add(nameChild(this.#changed, at));
  }

  #isWhole({ directory }: Child): boolean {
    const { names, starts, ends } = this.#changed.directories;
    return names[directory] === (ends[directory] ?? 0) - (starts[directory] ?? 0);
  }

  #isMostly({ directory }: Child): boolean {
    const { names, starts, ends } = this.#changed.directories;
    return 2 * ((ends[directory] ?? 0) - (starts[directory] ?? 0)) >= (names[directory] ?? 0);
  }

  #pathOf(directory: number): string {
    const { starts, prefixLengths } = this.#changed.directories;
    const { names, start } = changedName(this.#changed, starts[directory] ?? 0);
    const length = Math.max(0, (prefixLengths[directory] ?? 0) - 1);
    return Buffer.from(names.buffer, names.byteOffset + start, length).toString('utf8');
  }
}
