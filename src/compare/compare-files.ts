import type { Steps } from '../slices.ts';
import type { Side } from './compare-profiles.ts';
import type { Delta } from './delta.ts';
import { findingChangedNames } from './files/changed-names.ts';
import { describingFolds } from './files/describe-folds.ts';
import { foldingNames } from './files/fold-names.ts';

/** Rows of what differs between two root filesystems, and why there are none when an index is missing. `isSame` is known. */
export type FileComparison = { readonly files: Delta['files']; readonly note?: string; readonly isSame: boolean };

/** So many rows of a delta tell of files. */
const mostRows = 100;

/** Compares name by name; the rows together are the change of visibleBytes. A change of times alone is none. */
export function* comparingFiles(base: Side, head: Side): Steps<FileComparison> {
  if (base.fileIndex === undefined || head.fileIndex === undefined) {
    return { files: [], note: missingNote(base), isSame: false };
  }
  const changed = yield* findingChangedNames(base.fileIndex, head.fileIndex);
  const folds = yield* foldingNames(changed, mostRows);
  const files = yield* describingFolds(changed, folds, { base: base.profile, head: head.profile });
  return { files, isSame: files.length === 0 };
}

function missingNote(base: Side): string {
  const which = base.fileIndex === undefined ? 'what it is compared with' : 'this image';
  return `Files are not compared: ${which} has no file index, as \`--record\` writes it.`;
}
