import { UserError } from '../user-error.ts';

/** Line and column count from 1. */
export type Place = { readonly line: number; readonly column: number };

/** Something wrong at one place of the config file; `sentence` begins with what it is about and has no full stop. */
export type Problem = { readonly place: Place; readonly sentence: string; readonly hint?: string };

/** Where a value stands in a YAML file: keys of maps and indexes of lists from the top. */
export type KeyPath = readonly (string | number)[];

/** The first problem as `file:line:column: sentence.`, the others counted in the hint. */
export function problemError(file: string, problems: readonly [Problem, ...Problem[]]): UserError {
  const [{ place, sentence, hint }, ...others] = problems;
  const hints = [hint, othersAt(others)].filter((text) => text !== undefined);
  const message = `${file}:${place.line}:${place.column}: ${sentence}${sentence.endsWith('?') ? '' : '.'}`;
  return new UserError(message, hints.length === 0 ? {} : { hint: hints.join(' ') });
}

/** `images.api.budget`, `policy.waivers[0]`: a path as people write it. */
export function showKeyPath(path: KeyPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`)).join('');
}

function othersAt(others: readonly Problem[]): string | undefined {
  if (others.length === 0) return undefined;
  const lines = [...new Set(others.map(({ place }) => place.line))]
    .sort((a, b) => a - b)
    .slice(0, 5)
    .join(', ');
  const count = others.length === 1 ? 'one more problem' : `${others.length} more problems`;
  return `The file has ${count}, at line ${lines}.`;
}
