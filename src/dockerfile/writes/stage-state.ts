import { splitPair } from '../arg-scope.ts';
import { expand } from '../expand.ts';
import { cutBlanks } from '../go-space.ts';
import { splitWords } from '../split-words.ts';
import { join, normalPath } from './region.ts';

/** What the instructions so far have made of working directory and variables. A value that is undefined is set to what nobody here knows. */
export type StageState = {
  /** Normal path; undefined where the base image's config says it. */
  readonly workdir: string | undefined;
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly args: ReadonlyMap<string, string | undefined>;
  /** An image below may bring variables that the Dockerfile does not show. */
  readonly isOpen: boolean;
};

/** Over nothing at all. */
export const emptyState: StageState = { workdir: '', env: new Map(), args: new Map(), isOpen: false };

/** Over an image, of which the Dockerfile shows nothing. */
export const openState: StageState = { ...emptyState, workdir: undefined, isOpen: true };

/** One instruction as written; `keyword` in upper case. */
export type Command = {
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly rest: string;
  readonly escapeToken: string;
};

/** What `ARG NAME` takes its value from: build arguments, then the ARGs before the first FROM. */
export type GivenArguments = {
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  /** Undefined when no global ARG sets it; `known` is false when one does and only the builder knows to what. */
  readonly global: (name: string) => { readonly known: boolean; readonly value: string } | undefined;
};

/** The word after expansion; undefined when it hangs on what is not known. */
export function expandIn(state: StageState, word: string, escapeToken: string): string | undefined {
  if (word.length > longestWord) return undefined;
  const expansion = expand(word, { lookup: (name) => valueIn(state, name), escapeToken });
  if (expansion.kind !== 'expanded') return undefined;
  if (expansion.text.length > longestValue) return undefined;
  return [...expansion.read].every((name) => isKnown(state, name)) ? expansion.text : undefined;
}

// Variables that double themselves line by line, and patterns by the thousand, must not cost more than they are worth.
const longestWord = 1024;
const longestValue = 512;

/** The state after an instruction. */
export function advance(state: StageState, command: Command, given: GivenArguments): StageState {
  switch (command.keyword) {
    case 'WORKDIR':
      return { ...state, workdir: enter(state, command) };
    case 'ENV':
      return { ...state, env: new Map([...state.env, ...pairs(state, command)]) };
    case 'ARG':
      return { ...state, args: new Map([...state.args, ...declared(state, command, given)]) };
    default:
      return state;
  }
}

/** A path as an instruction of the stage means it. */
export function resolveIn({ workdir }: StageState, path: string): string | undefined {
  if (path.startsWith('/')) return normalPath(path);
  return workdir === undefined ? undefined : normalPath(join(workdir, path));
}

/** ENV hides an ARG of the same name. */
function valueIn({ env, args }: StageState, name: string): string | undefined {
  return env.has(name) ? env.get(name) : args.get(name);
}

function isKnown(state: StageState, name: string): boolean {
  const isSet = state.env.has(name) || state.args.has(name);
  return isSet ? valueIn(state, name) !== undefined : !state.isOpen;
}

function enter(state: StageState, { rest, escapeToken }: Command): string | undefined {
  const path = expandIn(state, rest, escapeToken);
  return path === undefined ? undefined : resolveIn(state, path);
}

function pairs(state: StageState, { rest, escapeToken }: Command): [string, string | undefined][] {
  const words = splitWords(rest, escapeToken);
  if (words[0]?.includes('=') === false) {
    const { head, rest: value = '' } = cutBlanks(rest);
    return [[head, expandIn(state, value, escapeToken)]];
  }
  return words.map((word) => {
    const { name, value = '' } = splitPair(word);
    return [name, expandIn(state, value, escapeToken)];
  });
}

function declared(
  state: StageState,
  { rest, escapeToken }: Command,
  given: GivenArguments,
): [string, string | undefined][] {
  return splitWords(rest, escapeToken).flatMap((word): [string, string | undefined][] => {
    const { name, value } = splitPair(word);
    if (Object.hasOwn(given.buildArgs, name)) return [[name, given.buildArgs[name]]];
    if (value !== undefined) return [[name, expandIn(state, value, escapeToken)]];
    const global = given.global(name);
    return global === undefined ? [] : [[name, global.known ? global.value : undefined]];
  });
}
