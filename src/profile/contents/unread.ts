import type { FileNode, RootFilesystem } from '../../image/root-filesystem.ts';

/** Gathers what could not be read, so that a short list of packages is not taken for the whole one. */
export class Unread {
  readonly #troubles = new Map<string, { readonly path: string; count: number }>();

  /** Takes the next name of the root filesystem. */
  add({ path, body }: FileNode): void {
    const facts = body?.entry.facts;
    const trouble = facts?.trouble ?? (facts?.database === undefined ? undefined : 'nothing here reads its packages');
    if (trouble === undefined) return;
    const known = this.#troubles.get(trouble);
    if (known !== undefined) known.count++;
    else if (this.#troubles.size < mostTroubles) this.#troubles.set(trouble, { path, count: 1 });
  }

  /** One sentence a reason, with the first file that it holds for. */
  notes(filesystem: RootFilesystem): string[] {
    const ofFiles = [...this.#troubles].map(([trouble, { path, count }]) =>
      count === 1 ? `/${path}: ${trouble}` : `/${path} and ${count - 1} more files: ${trouble}`,
    );
    const ofDatabases = databases.flatMap(({ path, why }) =>
      filesystem.lookUp(path)?.body === undefined || filesystem.lookUp(path)?.body === null ? [] : [`${path}: ${why}`],
    );
    return [...ofFiles, ...ofDatabases];
  }
}

const mostTroubles = 50;

const berkeley = 'this rpm database is in the Berkeley DB format, which is not read';
const ndb = "this rpm database is in rpm's own ndb format, which is not read";
const databases = [
  { path: '/var/lib/rpm/Packages', why: berkeley },
  { path: '/usr/lib/sysimage/rpm/Packages', why: berkeley },
  { path: '/var/lib/rpm/Packages.db', why: ndb },
  { path: '/usr/lib/sysimage/rpm/Packages.db', why: ndb },
  { path: '/var/lib/rpm/rpmdb.sqlite-wal', why: 'what rpm has not yet merged from here into its database is not read' },
  { path: '/var/lib/chisel/manifest.wall', why: "chisel's list of slices is not read" },
  { path: '/var/lib/pacman/local/ALPM_DB_VERSION', why: "pacman's database is not read" },
] as const;
