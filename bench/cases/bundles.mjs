import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cli } from '../repository.mjs';

const BOUND_MB = 4;

/** Size of all bundles together; then, for the record, what the start loads and what each late chunk adds to it. */
export async function bundles() {
  const names = readdirSync(dirname(cli), { recursive: true, encoding: 'utf8' });
  const all = names.filter((name) => name.endsWith('.js')).map((name) => join(dirname(cli), name));
  const yardstick = { what: 'together', samples: [megabytes(all)] };
  return [
    { what: 'bundles together', samples: [megabytes(all)], unit: 'MB', bound: BOUND_MB, boundText: `≤ ${BOUND_MB} MB` },
    ...walk('start', cli, []).map(({ path, size }) => ({ what: `  ${path}`, samples: [size], yardstick, unit: 'MB' })),
  ];
}

/** A door with what it imports statically, beyond what was loaded before; then the doors that it opens late, likewise. */
function walk(path, door, before) {
  const files = withImports(door).filter((file) => !before.includes(file));
  const late = new Set(files.flatMap((file) => importsOf(file).late));
  const loaded = [...before, ...files];
  return [
    { path, size: megabytes(files) },
    ...[...late].flatMap((next) => walk(`${path} → ${nameOf(next)}`, next, loaded)),
  ];
}

function withImports(door) {
  const files = new Set([door]);
  for (const file of files) for (const each of importsOf(file).early) files.add(each);
  return [...files];
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  const named = (pattern) => Array.from(text.matchAll(pattern), ([, name]) => join(dirname(file), name));
  return {
    early: named(/\b(?:from|import)\s*"(\.{1,2}\/[^"]+\.js)"/g),
    late: named(/\bimport\(\s*"(\.{1,2}\/[^"]+\.js)"\s*\)/g),
  };
}

/** Without the hash that esbuild appends. */
function nameOf(file) {
  return /([^/]+)-[A-Z0-9]{8}\.js$/.exec(file)?.[1] ?? file;
}

function megabytes(files) {
  return files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
}
