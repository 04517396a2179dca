import { z } from 'zod';

/**
 * A key that differs from one that the schema knows in nothing but its case: the engines (Go) take it for the known one, and
 * would see another image than the one that was judged. Keys of free choice (labels, annotations) are left alone.
 */
export function findLookalike(schema: z.core.$ZodType, value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return findLookalike(schema.unwrap(), value);
  if (schema instanceof z.ZodPipe) return findLookalike(schema.in, value);
  if (schema instanceof z.ZodArray) return Array.isArray(value) ? findInItems(schema.element, value) : null;
  return schema instanceof z.ZodObject ? findInFields(schema.shape, value) : null;
}

function findInItems(schema: z.core.$ZodType, items: readonly unknown[]): string | null {
  for (const item of items) {
    const found = findLookalike(schema, item);
    if (found !== null) return found;
  }
  return null;
}

function findInFields(shape: Readonly<Record<string, z.core.$ZodType>>, value: object): string | null {
  const known = new Set(Object.keys(shape).map(folded));
  for (const [key, field] of Object.entries(value)) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const found = schema ? findLookalike(schema, field) : known.has(folded(key)) ? key : null;
    if (found !== null) return found;
  }
  return null;
}

/** As Go's encoding/json compares: letters that share an upper case are the same. */
function folded(key: string): string {
  return key.toUpperCase().toLowerCase();
}
