import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ReadRpmDatabase, type RpmAnswer, rpmAnswerSchema } from '../image/rpm/rpm-answer.ts';
import { endChild, startChild } from './children.ts';
import { withTempFolder } from './temp-folder.ts';

/** Milliseconds, megabytes of JavaScript's heap, bytes of output. */
export type RpmBounds = { readonly timeLimit: number; readonly heapMegabytes: number; readonly outputBytes: number };

export const defaultRpmBounds: RpmBounds = { timeLimit: 20_000, heapMegabytes: 256, outputBytes: 16 * 1024 * 1024 };

/**
 * Reads rpm databases in a process of its own, with no environment, under bounds: a database that crashes SQLite, or keeps
 * it busy, costs its packages and nothing else. `script` is the bundled rpm-reader.
 */
export function rpmReader(script: URL, bounds: RpmBounds = defaultRpmBounds): ReadRpmDatabase {
  return async (database) => {
    try {
      return await withTempFolder((folder) => readIn(folder, database, { script, bounds }));
    } catch {
      return trouble('its packages could not be read: no temporary file could be written');
    }
  };
}

async function readIn(
  folder: string,
  database: Uint8Array,
  { script, bounds }: { readonly script: URL; readonly bounds: RpmBounds },
): Promise<RpmAnswer> {
  const file = join(folder, 'packages.sqlite');
  await writeFile(file, withoutWriteAheadLog(database), { mode: 0o600, flag: 'wx' });
  const limits = [`--max-old-space-size=${bounds.heapMegabytes}`, '--no-warnings'];
  const child = startChild(process.execPath, [...limits, fileURLToPath(script), file], {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const output = await outputOf(child, bounds);
  await endChild(child);
  return output.kind === 'trouble' ? trouble(output.trouble) : parseAnswer(output.text);
}

/** SQLite opens what was written with a write-ahead log only where it may write; in an image the log is merged (SQLite, "Database File Format" 1.3.3). */
function withoutWriteAheadLog(database: Uint8Array): Uint8Array {
  if (database.length > 19) database.fill(1, 18, 20);
  return database;
}

type Output = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'trouble'; readonly trouble: string };

function outputOf(child: ChildProcess, { timeLimit, outputBytes }: RpmBounds): Promise<Output> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (reason: string): void => resolve({ kind: 'trouble', trouble: reason });
    const timer = setTimeout(() => fail(`reading its packages took more than ${timeLimit / 1000} s`), timeLimit);
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > outputBytes) fail('it names more packages than are read');
      else chunks.push(chunk);
    });
    child.once('error', () => fail('its packages could not be read: no process could be started'));
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve({ kind: 'text', text: Buffer.concat(chunks).toString('utf8') });
      else fail('the process that read its packages broke off');
    });
  });
}

function parseAnswer(text: string): RpmAnswer {
  try {
    const answer = rpmAnswerSchema.safeParse(JSON.parse(text));
    if (answer.success) return answer.data;
  } catch {
    // Said below.
  }
  return trouble('the process that read its packages gave no answer');
}

function trouble(what: string): RpmAnswer {
  return { trouble: what, isPassing: true };
}
