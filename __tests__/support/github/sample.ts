import { componentSchema, isObject, type Json, type Schema } from './openapi-checks.ts';

/** The smallest reply that GitHub's description allows for a schema, with what matters put in. */
export function sample(name: string, values: Readonly<Record<string, Json>> = {}): Schema {
  const made = smallest(componentSchema(name));
  return { ...(isObject(made) ? made : {}), ...values };
}

function smallest(schema: Schema): Json {
  if (typeof schema.$ref === 'string') return smallest(componentSchema(schema.$ref.split('/').at(-1) ?? ''));
  if (schema.nullable === true) return null;
  if (Array.isArray(schema.enum)) return first(schema.enum);
  for (const several of [schema.oneOf, schema.anyOf, schema.allOf]) {
    const one = Array.isArray(several) ? first(several) : undefined;
    if (isObject(one)) return smallest(one);
  }
  if (schema.type === 'object') return smallestObject(schema);
  if (schema.type === 'array') return [];
  if (schema.type === 'integer' || schema.type === 'number') return 0;
  if (schema.type === 'boolean') return false;
  return smallestText(schema.format);
}

function smallestObject({ properties, required }: Schema): Json {
  if (!isObject(properties) || !Array.isArray(required)) return {};
  return Object.fromEntries(
    required.map((name) => {
      const property = properties[String(name)];
      return [String(name), isObject(property) ? smallest(property) : null];
    }),
  );
}

function smallestText(format: Json | undefined): string {
  if (format === 'uri') return 'https://github.example/';
  return format === 'date-time' ? '2026-11-22T10:00:00Z' : '';
}

function first(values: readonly Json[]): Json {
  return values[0] ?? null;
}
