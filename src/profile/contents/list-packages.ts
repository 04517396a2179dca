import type { FoundPackage } from '../../image/facts/file-facts.ts';
import { packageFileAt } from '../../image/facts/package-file.ts';
import type { FileNode } from '../../image/root-filesystem.ts';
import type { Steps } from '../../slices.ts';
import type { Package } from '../profile.ts';

/** Gathers the packages that visible files speak of; a database that a later layer took away says nothing. */
export class PackageList {
  readonly #found = new Map<string, Package>();
  #left = 0;

  /** Takes the next name of the root filesystem. */
  add(node: FileNode): void {
    const facts = node.body?.entry.facts;
    if (node.body === null || facts?.packages === undefined) return;
    // Under another name, a backup's or a fixture's, a database is none; programs are what they are under any.
    if (facts.binary === undefined && packageFileAt(node.path) === null) return;
    for (const each of facts.packages) this.#addPackage(each, node.body.layer);
  }

  /** Whether some are not listed, because there are more than a report carries. */
  get notes(): string[] {
    return this.#left === 0 ? [] : [`packages beyond the first ${mostPackages} are not listed`];
  }

  /** Each once, with the lowest layer that says it; sorted by type, name and version. */
  *list(): Steps<Package[]> {
    const keys = [...this.#found.keys()];
    yield;
    keys.sort();
    yield;
    return keys.flatMap((key) => this.#found.get(key) ?? []);
  }

  #addPackage({ type, name, version }: FoundPackage, layer: number): void {
    // No name or version has a control character; it sorts below all that they have.
    const key = `${type}\0${name}\0${version}`;
    const known = this.#found.get(key);
    if (known === undefined && this.#found.size >= mostPackages) this.#left++;
    else if (known?.layer === undefined || known.layer > layer) this.#found.set(key, { type, name, version, layer });
  }
}

/** Some 5 MB of JSON. */
const mostPackages = 50_000;
