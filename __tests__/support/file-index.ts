import type { FileIndex } from '../../src/compare/file-index.ts';
import { hashWhole } from '../../src/image/content-hash.ts';
import { EntryTableBuilder } from '../../src/image/entry-table-builder.ts';
import type { LayerEntry } from '../../src/image/image.ts';

/** An index of regular files with their directories, each with content of its own. Sizes in bytes by absolute path. */
export function indexOf(sizes: ReadonlyMap<string, number>, seed = ''): FileIndex {
  const names = new Map<string, LayerEntry>();
  for (const [absolute, bytes] of sizes) {
    const path = absolute.slice(1);
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const folder = path.slice(0, at);
      names.set(folder, { path: folder, type: 'directory', mode: 0o755, uid: 0, gid: 0, bytes: 0 });
    }
    const contentHash = hashWhole(Buffer.from(`${seed}${path}:${bytes}`));
    names.set(path, { path, type: 'file', mode: 0o644, uid: 0, gid: 0, bytes, contentHash });
  }
  const sorted = [...names.keys()].sort();
  const table = new EntryTableBuilder();
  for (const name of sorted)
    table.add(names.get(name) ?? { path: name, type: 'fifo', mode: 0, uid: 0, gid: 0, bytes: 0 });
  return {
    table: table.finish(),
    layers: new Uint32Array(sorted.length),
    isFirst: Uint8Array.from(sorted, (name) => (names.get(name)?.type === 'file' ? 1 : 0)),
  };
}

/** Paths as a Node.js service has them: packages with nested folders, sources, maps and type files. Sizes differ. */
export function nodeModules(files: number, root = '/app/node_modules'): Map<string, number> {
  const sizes = new Map<string, number>();
  for (let n = 0; sizes.size < files; n++) {
    const name = `${words[n % words.length]}-${words[(n * 7 + 3) % words.length]}${n % 5 === 0 ? `-${n}` : ''}`;
    const home = n % 4 === 0 ? `${root}/@${words[(n * 3) % words.length]}/${name}-${n}` : `${root}/${name}-${n}`;
    for (const file of ['package.json', 'README.md', 'LICENSE', 'index.js', 'index.d.ts'])
      sizes.set(`${home}/${file}`, sizeOf(n, file.length));
    for (let part = 0; part < (n * 13) % 90; part++) {
      const at = `${home}/${part % 3 === 0 ? 'dist/cjs' : 'lib'}/${words[(part * 11 + n) % words.length]}${part}`;
      sizes.set(`${at}.js`, sizeOf(n, part));
      sizes.set(`${at}.${part % 2 === 0 ? 'js.map' : 'd.ts'}`, sizeOf(n, part + 1000));
    }
  }
  return new Map([...sizes].slice(0, files));
}

function sizeOf(n: number, part: number): number {
  return (Math.imul(n * 1000 + part, 0x9e3779b1) >>> 0) % 40_000;
}

const words =
  'abort async babel buffer cache chalk color config core crypto date debug deep default event express fast file glob graph hash http is json lodash map merge node object parse path promise react regex request schema stream string type url util validate webpack'.split(
    ' ',
  );
