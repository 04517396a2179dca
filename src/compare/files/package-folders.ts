const folders = new Set(['node_modules', 'site-packages', 'dist-packages']);

/** True for a directory whose children are packages; an npm scope (`@org`) is one. */
export function isPackageFolder(path: string): boolean {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  return folders.has(last) || isScope(last, parts.at(-2));
}

/** True for the directory of one package, which a reader knows by that name. */
export function isPackage(path: string): boolean {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return isPackageFolder(parent) && !isPackageFolder(path);
}

function isScope(name: string, parent: string | undefined): boolean {
  return name.startsWith('@') && parent === 'node_modules';
}
