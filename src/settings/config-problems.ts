import { z } from 'zod';
import { type Json, knownKeys } from './known-keys.ts';
import { nearest } from './nearest.ts';
import type { ParsedYaml } from './parse-yaml.ts';
import { type KeyPath, type Problem, showKeyPath } from './place.ts';
import { quote } from './quote.ts';
import { unknownKey } from './unknown-key.ts';

type Issue = z.core.$ZodIssue;

/** What the schema refused, each as a sentence with its place; unknown keys first, since they explain what is missing. */
export function configProblems(
  issues: readonly Issue[],
  yaml: ParsedYaml,
  schema: z.ZodType,
): readonly [Problem, ...Problem[]] {
  const jsonSchema = z.toJSONSchema(schema, { io: 'input' });
  const problems = issues.flatMap((issue) => problemsOf(issue, [], yaml, jsonSchema)).sort(byRank);
  const [first, ...rest] = problems.filter(
    (problem, index) => index === 0 || JSON.stringify(problem.place) !== JSON.stringify(problems[index - 1]?.place),
  );
  return [first ?? { place: yaml.placeOf([]), sentence: 'the file does not fit its schema' }, ...rest];
}

type Ranked = Problem & { readonly isUnknownKey?: boolean };

function byRank(a: Ranked, b: Ranked): number {
  const unknownFirst = Number(b.isUnknownKey ?? false) - Number(a.isUnknownKey ?? false);
  return unknownFirst || a.place.line - b.place.line || a.place.column - b.place.column;
}

function problemsOf(issue: Issue, parent: KeyPath, yaml: ParsedYaml, schema: Json): readonly Ranked[] {
  const path = [...parent, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => {
      const place = yaml.keyPlaceOf([...path, key]);
      return { isUnknownKey: true, place, ...unknownKey(key, showKeyPath(path), known) };
    });
  }
  const branch = issue.code === 'invalid_union' ? deepestBranch(issue.errors) : undefined;
  if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, yaml, schema));
  const value = valueAt(yaml.value, path);
  if (issue.code === 'invalid_key') {
    const [why] = issue.issues;
    return [{ place: yaml.keyPlaceOf(path), sentence: `the key ${quote(String(path.at(-1)))} ${why?.message}` }];
  }
  const isMissing = value === undefined && path.length > 0;
  const place = isMissing ? yaml.keyPlaceOf(path.slice(0, -1)) : yaml.placeOf(path);
  return [{ place, sentence: sentenceOf(issue, path, value) }];
}

/** The alternative that was meant: the one that fits at its top and fails further in. */
function deepestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((issues) => issues.length > 0 && issues.every(({ path }) => path.length > 0));
}

function sentenceOf(issue: Issue, path: KeyPath, value: unknown): string {
  const subject = path.length === 0 ? 'the file' : quote(showKeyPath(path));
  const right = /^(must|is|has|needs) /.test(issue.message) ? issue.message : (expected(issue) ?? issue.message);
  if (/^(is|has|needs) /.test(right)) return `${subject} ${right}`;
  if (!right.startsWith('must ')) return `${subject}: ${right}`;
  if (value === undefined && path.length > 0) return `${subject} is missing; it ${right}`;
  const meant = typeof value === 'string' ? nearest(value, wordsOf(issue)) : undefined;
  const [what, ...advice] = right.split('; ');
  return [
    `${subject} ${what}, not ${describe(value)}`,
    ...advice,
    ...(meant ? [`did you mean ${quote(meant)}?`] : []),
  ].join('; ');
}

function wordsOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(wordsOf);
  return issue.code === 'invalid_value' ? issue.values.map(String) : [];
}

/** For schemas that leave the words to zod. */
function expected(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return `must have at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must have at most ${issue.maximum}`;
  return undefined;
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a map',
  record: 'a map',
  string: 'a text',
};

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value === '') return 'an empty text';
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : `a list of ${value.length === 1 ? 'one' : value.length}`;
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? quote(value) : `the ${kindOf(value)} ${String(value)}`;
}

function kindOf(value: unknown): string {
  return typeof value === 'number' ? 'number' : 'value';
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Object.getOwnPropertyDescriptor(current, key)?.value;
  }
  return current;
}
