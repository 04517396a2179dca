import { runInSlices } from '../slices.ts';
import type { BaselineLookup, FindBaseline } from './find-baseline.ts';
import { largestReport, type ReadText, readText } from './read-text.ts';
import { type Recorded, readingRecorded } from './recorded-report.ts';

/** Finds the baseline in a report that `--record` wrote. */
export function findInFile(
  file: { readonly path: string; readonly asWritten: string },
  read: ReadText = readText,
): FindBaseline {
  return async ({ entry, platform }) => {
    const text = await read(file.path, largestReport).catch(() => undefined);
    const recorded =
      text === undefined
        ? 'cannot be read, or does not exist yet'
        : await runInSlices(readingRecorded(text, { image: entry.name, platform }));
    if (typeof recorded !== 'string') return found(recorded, file.asWritten);
    return { tried: [{ source: 'file', reason: `${file.asWritten} ${recorded}` }] };
  };
}

function found({ commit, recordedAt, outcome, ...recorded }: Recorded, label: string): BaselineLookup {
  const origin = { source: 'file' as const, ...(commit === undefined ? {} : { commit }), recordedAt, ...outcome };
  return { baseline: { ...recorded, label, origin }, tried: [] };
}
