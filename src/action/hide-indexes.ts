import type { Redact } from '../build/redact.ts';
import type { FileIndex } from '../compare/file-index.ts';
import type { RecordedSides } from '../record-indexes.ts';
import { runInSlices, type Steps } from '../slices.ts';

/** The sides that may be recorded: what is compressed cannot be redacted any more, so an index with a secret in a name is left out. */
export async function hideIndexes(sides: RecordedSides, redact: Redact): Promise<RecordedSides> {
  const shown = new Map<string, NonNullable<ReturnType<RecordedSides['get']>>>();
  for (const [image, side] of sides) {
    if (!(await runInSlices(findingHidden(side.fileIndex, redact)))) shown.set(image, side);
  }
  return shown;
}

function* findingHidden({ table }: FileIndex, redact: Redact): Steps<boolean> {
  for (let n = 0; n < 2 * table.length; n++) {
    const name = table.name(n);
    if (redact(name) !== name) return true;
    if (n % namesAStep === 0) yield;
  }
  return false;
}

/** About a millisecond's. */
const namesAStep = 1000;
