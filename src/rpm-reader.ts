import type { DatabaseSync } from 'node:sqlite';
import { mostRpmPackages, type RpmAnswer } from './image/rpm/rpm-answer.ts';
import { readRpmHeader } from './image/rpm/rpm-header.ts';

/**
 * Door of a process of its own: reads the packages of the rpm database that it is given and writes them to stdout as
 * JSON. The file is whatever an image holds, and the code that opens it is SQLite's.
 */
const maxHeaderBytes = 32 * 1024 * 1024;

const [, , file = ''] = process.argv;
process.stdout.write(JSON.stringify(await read(file)));

async function read(path: string): Promise<RpmAnswer> {
  const sqlite = await import('node:sqlite').catch(() => null);
  if (sqlite === null) {
    const trouble = `rpm's database is read with node:sqlite, which Node.js ${process.version} does not have (22.13 does)`;
    return { trouble, isPassing: true };
  }
  try {
    return readDatabase(new sqlite.DatabaseSync(path, { readOnly: true }));
  } catch {
    return { trouble: 'it is no rpm database that SQLite can read', isPassing: false };
  }
}

/** A schema can hold views and triggers that never end; only a plain table is read, and nothing that it brings is run. */
function readDatabase(database: DatabaseSync): RpmAnswer {
  database.exec(
    'PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA hard_heap_limit=67108864',
  );
  const schema = database.prepare("SELECT type, sql FROM sqlite_schema WHERE name = 'Packages'").get();
  const isPlain = textOf(schema, 'type') === 'table' && /^CREATE TABLE\b/i.test(textOf(schema, 'sql'));
  if (!isPlain) return { trouble: 'it has no table of packages', isPassing: false };
  const packages = [];
  const rows = database.prepare("SELECT blob FROM Packages WHERE typeof(blob) = 'blob' AND length(blob) <= ? LIMIT ?");
  for (const row of rows.iterate(maxHeaderBytes, mostRpmPackages)) {
    const blob = cellOf(row, 'blob');
    const found = blob instanceof Uint8Array ? readRpmHeader(blob) : undefined;
    if (found !== undefined) packages.push(found);
  }
  return { packages };
}

function textOf(row: unknown, column: string): string {
  const value = cellOf(row, column);
  return typeof value === 'string' ? value : '';
}

function cellOf(row: unknown, column: string): unknown {
  return typeof row === 'object' && row !== null
    ? Object.entries(row).find(([name]) => name === column)?.[1]
    : undefined;
}
