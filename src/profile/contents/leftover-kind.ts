import { baseNameOf, parentOf } from '../../image/image-path.ts';
import type { LeftoverKind } from './contents-schema.ts';

/** What of a build a file is left over from; `folder` is the ImagePath that stands for all of it, null where such files are strewn about. */
export type LeftoverPlace = { readonly kind: LeftoverKind; readonly folder: string | null };

/** By path alone; null for what may well be needed. The first that fits counts. */
export function leftoverAt(path: string): LeftoverPlace | null {
  const fixed = fixedPlace(path);
  if (fixed !== null) return fixed;
  return byName(path) ?? inFolder(path);
}

/** A million files are asked about, so that the cheap questions come first. */
function byName(path: string): LeftoverPlace | null {
  if (path.endsWith('.pyc') || path.endsWith('.pyo')) return { kind: 'bytecode', folder: null };
  if (path.endsWith('.map') && /\.(?:[mc]?[jt]s|css)\.map$/.test(path)) return { kind: 'source-maps', folder: null };
  if (path.includes('.log') && debugLog.test(baseNameOf(path))) return { kind: 'logs', folder: null };
  return isCompiler(path) ? { kind: 'toolchain', folder: null } : null;
}

const debugLog = /^(?:npm-debug|yarn-error|yarn-debug|lerna-debug)\.log/;

const fixedFolders: readonly (readonly [string, LeftoverKind])[] = [
  ['var/lib/apt/lists', 'package-lists'],
  ['var/cache/apt', 'package-cache'],
  ['var/cache/apk', 'package-cache'],
  ['etc/apk/cache', 'package-cache'],
  ['var/cache/dnf', 'package-cache'],
  ['var/cache/libdnf5', 'package-cache'],
  ['var/cache/yum', 'package-cache'],
  ['var/cache/zypp', 'package-cache'],
  ['usr/local/share/.cache', 'package-cache'],
  ['usr/local/cargo/registry', 'package-cache'],
  ['go/pkg/mod', 'package-cache'],
  ['var/log', 'logs'],
  ['tmp', 'temporary-files'],
  ['var/tmp', 'temporary-files'],
  ['usr/include', 'headers'],
  ['usr/local/include', 'headers'],
  ['usr/lib/gcc', 'toolchain'],
  ['usr/libexec/gcc', 'toolchain'],
  ['usr/local/go', 'toolchain'],
  ['usr/lib/go', 'toolchain'],
  ['usr/local/rustup', 'toolchain'],
  ['usr/share/cmake', 'toolchain'],
];

const byFirstName = groupByFirst(fixedFolders);

function fixedPlace(path: string): LeftoverPlace | null {
  for (const [folder, kind] of byFirstName.get(path.slice(0, path.indexOf('/'))) ?? [])
    if (path.startsWith(folder) && path.charCodeAt(folder.length) === slash) return { kind, folder };
  // Debian keeps a Go of each version beside the others.
  const go = path.startsWith('usr/') ? /^usr\/(?:lib|share)\/go-\d[^/]*(?=\/)/.exec(path) : null;
  return go && { kind: 'toolchain', folder: go[0] };
}

const slash = 0x2f;

function groupByFirst(folders: typeof fixedFolders): ReadonlyMap<string, typeof fixedFolders> {
  const groups = new Map<string, (readonly [string, LeftoverKind])[]>();
  for (const each of folders) {
    const first = each[0].split('/')[0] ?? '';
    groups.set(first, [...(groups.get(first) ?? []), each]);
  }
  return groups;
}

/** In any home; the longer ones first. A `.yarn/cache` is none: with Plug'n'Play programs run from it. */
const homeFolders: readonly (readonly [string, LeftoverKind])[] = [
  ['.cache/pip', 'package-cache'],
  ['.cache/uv', 'package-cache'],
  ['.cache/pypoetry', 'package-cache'],
  ['.cache/yarn', 'package-cache'],
  ['.cache/pnpm', 'package-cache'],
  ['.cache/composer', 'package-cache'],
  ['.cache/go-build', 'package-cache'],
  ['.cache', 'other-cache'],
  ['.npm', 'package-cache'],
  ['.local/share/pnpm/store', 'package-cache'],
  ['.pnpm-store', 'package-cache'],
  ['.cargo/registry', 'package-cache'],
  ['.m2/repository', 'package-cache'],
  ['.gradle/caches', 'package-cache'],
  ['.composer/cache', 'package-cache'],
  ['.bundle/cache', 'package-cache'],
  ['.rustup', 'toolchain'],
  ['.git', 'version-control'],
  ['.hg', 'version-control'],
  ['.svn', 'version-control'],
];

/** Folders that are known by name wherever they stand, and test folders of installed packages. */
function inFolder(path: string): LeftoverPlace | null {
  for (let at = path.startsWith('.') ? 0 : nextDotted(path, 0); at !== -1; at = nextDotted(path, at)) {
    for (const [folder, kind] of homeFolders)
      if (path.startsWith(folder, at) && path.charCodeAt(at + folder.length) === slash)
        return { kind, folder: path.slice(0, at + folder.length) };
  }
  return isTest(path) ? { kind: 'tests', folder: null } : null;
}

/** Where the next name begins that begins with a dot. */
function nextDotted(path: string, from: number): number {
  const at = path.indexOf('/.', from);
  return at === -1 ? -1 : at + 1;
}

/**
 * `test`, `tests` and `__tests__` below an installed package or Python's own library. A package that bears such a name is
 * none, and `testing` is mostly part of what it stands in.
 */
function isTest(path: string): boolean {
  if (!path.includes('/test') && !path.includes('/__tests__/')) return false;
  const parts = path.split('/');
  const home = parts.findLastIndex((part) => packageFolders.has(part) || /^python3(?:\.\d+)?$/.test(part));
  if (home === -1) return false;
  const isLibrary = !packageFolders.has(parts[home] ?? '');
  const first = home + (isLibrary ? 1 : parts[home + 1]?.startsWith('@') ? 3 : 2);
  return parts.slice(first, -1).some((part) => testFolders.has(part));
}

const packageFolders = new Set(['node_modules', 'site-packages', 'dist-packages']);
const testFolders = new Set(['test', 'tests', '__tests__']);

/** Compilers, linkers and build tools where programs stand, with a target before and a version behind the name. */
function isCompiler(path: string): boolean {
  if (!path.startsWith('usr/') && !path.startsWith('bin/')) return false;
  return programFolders.has(parentOf(path)) && compiler.test(baseNameOf(path));
}

const programFolders = new Set(['bin', 'usr/bin', 'usr/local/bin']);

const compiler =
  /^(?:[a-z0-9_]+-(?:[a-z0-9_]+-){1,3})?(?:gcc|g\+\+|cc|c\+\+|cpp|gcc-(?:ar|nm|ranlib)|clang|clang\+\+|ld|ld\.(?:bfd|gold|lld)|lld|as|ar|ranlib|strip|objcopy|objdump|gold|make|gmake|cmake|ninja|meson|autoconf|automake|libtool|lto-dump|rustc|cargo|rustup|gfortran|javac)(?:-\d+(?:\.\d+)*)?$/;
