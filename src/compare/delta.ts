import { z } from 'zod';
import { originSchema } from '../profile/profile.ts';

const maybe = z.exactOptional;
const signed = z.int();

const fourSizes = z.object({
  downloadBytes: signed.nullable(),
  unpackedBytes: signed,
  visibleBytes: signed,
  wastedBytes: signed,
});

export const layerDeltaSchema = z.object({
  kind: z.enum(['same', 'added', 'removed', 'changed']),
  bytes: signed.describe('Change of unpacked bytes, head − base.'),
  origin: originSchema,
  instruction: z.string(),
  line: maybe(z.int().positive()),
  basePosition: maybe(z.int().nonnegative()),
  headPosition: maybe(z.int().nonnegative()),
});

/** Head − base, plain signed numbers of bytes. */
export const deltaSchema = fourSizes.extend({
  base: fourSizes.nullable().describe('Part of the base image; null when either side cannot be split.'),
  own: fourSizes.nullable().describe('Part of this Dockerfile; null when either side cannot be split.'),
  baseChange: z.enum(['none', 'moved', 'replaced', 'unknown']),
  layers: z.array(layerDeltaSchema),
  config: z.array(z.object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  notes: z.array(z.string()),
});

export type LayerDelta = z.infer<typeof layerDeltaSchema>;
export type Delta = z.infer<typeof deltaSchema>;
