// Bundled by the case `compare`. `write FILE COUNT SEED` stores an index, `compare BASE HEAD` compares two from their texts.
import { readFileSync, writeFileSync } from 'node:fs';
import { comparingFiles } from '../src/compare/compare-files.ts';
import { decodingFileIndex } from '../src/compare/file-index/decode-file-index.ts';
import { encodeFileIndex } from '../src/compare/file-index/encode-file-index.ts';
import { hashWhole } from '../src/image/content-hash.ts';
import { EntryTableBuilder } from '../src/image/entry-table-builder.ts';
import { runInSlices } from '../src/slices.ts';

const [, , what, one, other, seed] = process.argv;
if (what === 'write') write(one, Number(other), seed);
else await compare(one, other);

/** Packages of 40 files; one file in twenty depends on the seed. */
function write(file, count, seed) {
  const paths = Array.from({ length: count }, (_, n) => {
    const home = `app/node_modules/package-${Math.floor(n / 40)}`;
    return `${home}/${n % 3 === 0 ? 'dist' : 'lib'}/module-${n % 40}${n % 2 === 0 ? '.js' : '.d.ts'}`;
  }).sort();
  const table = new EntryTableBuilder();
  for (const [n, path] of paths.entries()) {
    const version = n % 20 === 0 ? seed : '';
    const bytes = 1000 + ((n * 7919) % 9000) + version.length;
    const contentHash = hashWhole(Buffer.from(`${path} ${version}`));
    table.add({ path, type: 'file', mode: 0o644, uid: 0, gid: 0, bytes, contentHash });
  }
  const index = { table: table.finish(), layers: new Uint32Array(count), isFirst: new Uint8Array(count).fill(1) };
  writeFileSync(file, encodeFileIndex(index));
}

async function compare(base, head) {
  const sides = [];
  for (const file of [base, head]) {
    const fileIndex = await runInSlices(decodingFileIndex(readFileSync(file, 'latin1')));
    if (typeof fileIndex === 'string') throw new Error(fileIndex);
    sides.push({ fileIndex, profile: { layers: [], waste: [] } });
  }
  const { files } = await runInSlices(comparingFiles(sides[0], sides[1]));
  if (files.length === 0) throw new Error('nothing differs');
}
