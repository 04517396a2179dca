import { type EntryExtra, EntryTable } from '../entry-table.ts';
import { isFit } from '../facts/file-facts.ts';
import type { ReadBlob } from '../read-blob.ts';
import type { LayerContent } from '../read-layer.ts';
import type { ReadRpmDatabase } from './rpm-answer.ts';

/** Reads blobs as given, and what package databases they hold with `readRpm`: what is kept of a layer are packages. */
export function readingDatabases(readBlob: ReadBlob, readRpm: ReadRpmDatabase): ReadBlob {
  return async (place, request) => {
    const content = await readBlob(place, request);
    return content.entries.extras.some(({ facts }) => facts?.database) ? readThem(content, readRpm) : content;
  };
}

async function readThem(content: LayerContent, readRpm: ReadRpmDatabase): Promise<LayerContent> {
  const extras: EntryExtra[] = [];
  let read = 0;
  for (const extra of content.entries.extras) {
    const { database, ...facts } = extra.facts ?? {};
    if (database === undefined) extras.push(extra);
    else if (++read > mostDatabases) extras.push({ ...extra, facts: { ...facts, trouble: tooMany } });
    else extras.push({ ...extra, facts: { ...facts, ...checked(await readRpm(database)) } });
  }
  return { ...content, entries: new EntryTable(content.entries.columns, extras) };
}

function checked(answer: Awaited<ReturnType<ReadRpmDatabase>>): NonNullable<EntryExtra['facts']> {
  if ('trouble' in answer) return { trouble: answer.trouble, ...(answer.isPassing ? { isPassing: true } : {}) };
  return { packages: answer.packages.filter(({ name, version }) => isFit(name) && isFit(version)) };
}

/** A layer can hold the same name twice, but only one of them is seen. */
const mostDatabases = 4;
const tooMany = 'its layer holds too many rpm databases';
