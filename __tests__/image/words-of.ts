import { expect } from '@jest/globals';
import type { Expected } from './hostile-corpus.ts';

/** What the corpus expects, as a pattern for what `outcomeOf` gives. */
export function wordsOf(expected: Expected): object {
  if ('refused' in expected)
    return { refused: expect.stringContaining(expected.refused), exitCode: expected.exitCode ?? 3 };
  return { ...expected, notes: (expected.notes ?? []).map((words) => expect.stringContaining(words)) };
}
