import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { distFile } from './dist-file.ts';
import type { Environment } from './exec/find-program.ts';
import { rpmReader } from './exec/read-rpm-database.ts';
import { indexFolder } from './image/index/index-folder.ts';
import { LayerIndex } from './image/index/layer-index.ts';
import { readWithIndex } from './image/index/read-with-index.ts';
import { hashBlobHere, type ReadBlob, readBlobHere } from './image/read-blob.ts';
import { readingDatabases } from './image/rpm/read-databases.ts';
import { type LayerPool, openLayerPool } from './image/worker/layer-pool.ts';

export type LayerReadingOptions = { readonly env: Environment; readonly useIndex: boolean };

/** Lends the way in which this process reads layers, on threads and through the layer index, and ends the threads after it. */
export async function withLayerReading<T>(
  { env, useIndex }: LayerReadingOptions,
  work: (readBlob: ReadBlob) => Promise<T>,
): Promise<T> {
  const threads = openPool();
  const pool = { ...threads, readBlob: withDatabases(threads.readBlob) };
  const index = useIndex ? new LayerIndex(indexFolder(env, homedir())) : null;
  try {
    if (index === null) return await work(pool.readBlob);
    // Inside the index, so that it keeps packages; around it, since what came in a stream goes past it.
    return await work(withDatabases(readWithIndex({ ...pool, index, now: Date.now })));
  } finally {
    await Promise.all([pool.close(), index?.close()]);
  }
}

/** Also what package databases hold that a process of its own must read; only the bundle has the script for it. */
export function withDatabases(readBlob: ReadBlob): ReadBlob {
  const script = distFile('rpm-reader.js');
  return existsSync(script) ? readingDatabases(readBlob, rpmReader(script)) : readBlob;
}

/** Only the bundle has a script for threads; tests of the sources read on the main one. */
function openPool(): LayerPool {
  const script = distFile('layer-worker.js');
  if (existsSync(script)) return openLayerPool(script);
  return { readBlob: readBlobHere, hashBlob: hashBlobHere, close: async () => {} };
}
