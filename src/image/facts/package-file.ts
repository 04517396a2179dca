import { baseNameOf, parentOf } from '../image-path.ts';

/** Which kind of package database or manifest a file is, by its path alone. */
export type PackageFile = 'dpkg' | 'apk' | 'rpm' | 'npm' | 'python' | 'jar';

/** Null for nearly every file: only names that a package manager itself would look at. */
export function packageFileAt(path: string): PackageFile | null {
  const name = baseNameOf(path);
  const kind = byName.get(name);
  if (kind !== undefined) return kind(path) ?? null;
  if (name.endsWith('ar') && /\.[jwe]ar$/.test(name)) return 'jar';
  if (name.endsWith('.egg-info')) return 'python';
  return path.startsWith('var/lib/dpkg/status.d/') && isStanza(path) ? 'dpkg' : null;
}

function isStanza(path: string): boolean {
  return parentOf(path) === 'var/lib/dpkg/status.d' && !path.endsWith('.md5sums');
}

const exactly =
  (kind: PackageFile, paths: readonly string[]) =>
  (path: string): PackageFile | undefined =>
    paths.includes(path) ? kind : undefined;

const byName = new Map<string, (path: string) => PackageFile | undefined>([
  ['status', exactly('dpkg', ['var/lib/dpkg/status'])],
  ['installed', exactly('apk', ['lib/apk/db/installed', 'usr/lib/apk/db/installed'])],
  ['rpmdb.sqlite', exactly('rpm', ['var/lib/rpm/rpmdb.sqlite', 'usr/lib/sysimage/rpm/rpmdb.sqlite'])],
  ['METADATA', (path) => (parentOf(path).endsWith('.dist-info') ? 'python' : undefined)],
  ['PKG-INFO', (path) => (/(?:\.egg-info|(?:^|\/)EGG-INFO)$/.test(parentOf(path)) ? 'python' : undefined)],
  ['package.json', (path) => (isInstalled(path.split('/')) ? 'npm' : undefined)],
]);

/**
 * Whether a package.json is that of an installed package, as Node finds them: `node_modules/NAME` again and again. What
 * else lies in a package, fixtures of its tests among it, is none. `.pnpm/NAME@VERSION` and its like stand between.
 */
function isInstalled(parts: readonly string[]): boolean {
  const first = parts.indexOf('node_modules');
  if (first === -1) return false;
  let at = first;
  while (parts[at] === 'node_modules') {
    const next = parts[at + 1] ?? '';
    if (next === '' || next === 'node_modules') return false;
    at += next.startsWith('@') || next.startsWith('.') ? 3 : 2;
    // A store's own folder is no package.
    if (next.startsWith('.') && at === parts.length - 1) return false;
  }
  return at === parts.length - 1;
}
