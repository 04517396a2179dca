import { z } from 'zod';
import { listedFileSchema, madeBySchema, originSchema, packageSchema } from '../profile/profile.ts';

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
  lineEnd: maybe(z.int().positive()),
  basePosition: maybe(z.int().nonnegative()),
  headPosition: maybe(z.int().nonnegative()),
});

const fileStateSchema = z.object({
  type: listedFileSchema.shape.type,
  mode: listedFileSchema.shape.mode,
  uid: listedFileSchema.shape.uid,
  gid: listedFileSchema.shape.gid,
  bytes: listedFileSchema.shape.bytes,
  linkTarget: listedFileSchema.shape.linkTarget,
});

export const fileDeltaSchema = z.object({
  path: z.string().describe('Absolute; of a folder the directory that all the rows in it were folded into.'),
  kind: z.enum(['added', 'removed', 'changed', 'mode', 'owner', 'type', 'folder']),
  bytes: signed.describe(
    'Change of what the root filesystem shows, head − base; a hard link counts under its first name.',
  ),
  before: maybe(fileStateSchema),
  after: maybe(fileStateSchema),
  count: maybe(z.int().positive()).describe('Names that a folder stands for.'),
  layer: maybe(z.int().nonnegative()).describe('Layer of the head that did it, where one layer did.'),
  line: maybe(z.int().positive()).describe("That layer's line."),
  madeBy: maybe(madeBySchema),
});

export const packageDeltaSchema = z.object({
  type: packageSchema.shape.type,
  name: z.string(),
  kind: z.enum(['added', 'removed', 'upgraded', 'downgraded', 'changed']),
  before: maybe(z.string()).describe('Version, several joined by a comma.'),
  after: maybe(z.string()),
});

/** Head − base, plain signed numbers of bytes. */
export const deltaSchema = fourSizes.extend({
  base: fourSizes.nullable().describe('Part of the base image; null when either side cannot be split.'),
  own: fourSizes.nullable().describe('Part of this Dockerfile; null when either side cannot be split.'),
  baseChange: z.enum(['none', 'moved', 'replaced', 'unknown']),
  layers: z.array(layerDeltaSchema),
  files: z
    .array(fileDeltaSchema)
    .describe(
      'Largest change first, at most 100; together they are the change of visibleBytes. Empty without two file indexes.',
    ),
  packages: z.array(packageDeltaSchema).describe('Sorted by type and name.'),
  config: z.array(z.object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  notes: z.array(z.string()),
});

export type LayerDelta = z.infer<typeof layerDeltaSchema>;
export type FileDelta = z.infer<typeof fileDeltaSchema>;
export type PackageDelta = z.infer<typeof packageDeltaSchema>;
export type Delta = z.infer<typeof deltaSchema>;
