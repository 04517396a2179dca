import { UserError } from '../../user-error.ts';
import { nearest } from '../nearest.ts';
import { quote } from '../quote.ts';
import type { InputName } from './input-names.ts';
import { type ListKind, parseList } from './parse-list.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads single inputs; each function throws UserError that names the input. */
export type InputReader = {
  /** Without the blanks around it; undefined when empty. */
  readonly text: (name: InputName) => string | undefined;
  /** False when empty. */
  readonly flag: (name: InputName) => boolean;
  readonly list: (name: InputName, kind: ListKind) => readonly string[];
  /** One of the words; undefined when empty. */
  readonly word: <Word extends string>(name: InputName, words: readonly Word[]) => Word | undefined;
};

/** Inputs as the runner passes them on: `INPUT_` and the name in capitals, dashes kept. */
export function inputReader(env: Environment): InputReader {
  const raw = (name: InputName) => env[`INPUT_${name.toUpperCase()}`] ?? '';
  const text = (name: InputName) => raw(name).trim() || undefined;
  return {
    text,
    flag: (name) => readFlag(name, text(name)),
    list: (name, kind) => parseList(name, kind === 'untrimmed' ? raw(name) : raw(name).trim(), kind),
    word: (name, words) => readWord(name, text(name), words),
  };
}

/** The value of a boolean of YAML's core schema, as @actions/core reads it; undefined for any other text. */
export function booleanOf(written: string): boolean | undefined {
  if (['true', 'True', 'TRUE'].includes(written)) return true;
  return ['false', 'False', 'FALSE'].includes(written) ? false : undefined;
}

function readFlag(name: string, written: string | undefined): boolean {
  const value = written === undefined ? false : booleanOf(written);
  if (value !== undefined) return value;
  throw new UserError(`${name}: ${quote(written ?? '')} is neither true nor false.`);
}

function readWord<Word extends string>(
  name: string,
  written: string | undefined,
  words: readonly Word[],
): Word | undefined {
  const word = words.find((known) => known === written);
  if (word !== undefined || written === undefined) return word;
  const meant = nearest(written, words);
  const question = meant === undefined ? '' : ` Did you mean ${quote(meant)}?`;
  throw new UserError(`${name}: ${quote(written)} is none of ${words.join(', ')}.${question}`);
}
