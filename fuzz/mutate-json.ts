import type { Random } from './random.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One to four changes somewhere in a document. `words` are strings and keys that mean something to its reader. */
export function mutateJson(value: Json, other: Json, words: readonly string[], random: Random): Json {
  let changed = value;
  for (let left = 1 + random.int(4); left > 0; left--) changed = change(changed, other, words, random);
  return changed;
}

function change(value: Json, other: Json, words: readonly string[], random: Random): Json {
  const isLeaf = value === null || typeof value !== 'object' || Object.keys(value).length === 0;
  if (isLeaf || random.chance(0.15)) return replace(value, other, words, random);
  if (isList(value)) return changeList(value, other, words, random);
  return Object.fromEntries(changePairs(Object.entries(value), other, words, random));
}

function changeList(list: readonly Json[], other: Json, words: readonly string[], random: Random): readonly Json[] {
  const at = random.int(list.length);
  const item = list[at] ?? null;
  if (random.chance(0.1)) return list.toSpliced(at, 1);
  if (random.chance(0.1)) return list.toSpliced(random.int(list.length + 1), 0, item);
  if (random.chance(0.02)) return Array.from({ length: random.pick([100, 1001, 10_001]) }, () => item);
  return list.with(at, change(item, other, words, random));
}

function changePairs(
  pairs: readonly (readonly [string, Json])[],
  other: Json,
  words: readonly string[],
  random: Random,
): readonly (readonly [string, Json])[] {
  const at = random.int(pairs.length);
  const [key, item] = pairs[at] ?? ['', null];
  if (random.chance(0.08)) return pairs.toSpliced(at, 1);
  if (random.chance(0.08)) return [...pairs, [random.pick(words), subvalue(other, random)]];
  if (random.chance(0.04))
    return pairs.with(at, [random.pick([key.toUpperCase(), key.toLowerCase(), '__proto__', '']), item]);
  return pairs.with(at, [key, change(item, other, words, random)]);
}

function replace(value: Json, other: Json, words: readonly string[], random: Random): Json {
  return random.pick<() => Json>([
    () => null,
    () => random.pick([true, false]),
    () => random.pick([0, -1, 1, 0.5, 127, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 512]),
    () => random.pick(words),
    () => random.pick(words),
    () => random.pick(['', '\0', '\u202e', '\ud800', '../', 'x'.repeat(random.int(3000))]),
    () => [value],
    () => [],
    () => ({}),
    () => ({ [random.pick(words)]: value }),
    () => subvalue(other, random),
    () => subvalue(other, random),
  ])();
}

/** Some part of the document. */
function subvalue(value: Json, random: Random): Json {
  if (value === null || typeof value !== 'object' || random.chance(0.2)) return value;
  const items = Object.values(value);
  return items.length === 0 ? value : subvalue(random.pick(items), random);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
