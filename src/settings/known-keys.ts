import type { KeyPath } from './place.ts';

/** A JSON Schema, or any object in one. */
export type Json = Readonly<Record<string, unknown>>;

/** Keys that a map at `path` may have, as a JSON Schema without references has it; empty where any name is right. */
export function knownKeys(schema: Json, path: KeyPath): readonly string[] {
  let candidates: readonly Json[] = withBranches(schema);
  for (const key of path) candidates = candidates.flatMap((candidate) => inside(candidate, key)).flatMap(withBranches);
  return [...new Set(candidates.flatMap(({ properties }) => (isJson(properties) ? Object.keys(properties) : [])))];
}

function inside(schema: Json, key: string | number): readonly Json[] {
  if (typeof key === 'number') {
    const item = Array.isArray(schema.prefixItems) ? schema.prefixItems[key] : schema.items;
    return isJson(item) ? [item] : [];
  }
  const property =
    isJson(schema.properties) && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
  const child = property ?? schema.additionalProperties;
  return isJson(child) ? [child] : [];
}

function withBranches(schema: Json): readonly Json[] {
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  return [schema, ...branches.filter(isJson).flatMap(withBranches)];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
