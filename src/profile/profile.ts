import { z } from 'zod';
import { packageTypes } from '../image/facts/file-facts.ts';
import { contentsSchema } from './contents/contents-schema.ts';

const maybe = z.exactOptional;
const bytes = z.int().nonnegative();
const sizeOrNull = bytes.nullable();

export const originSchema = z.enum(['base', 'own', 'unknown']);

export const profileLayerSchema = z.object({
  position: z.int().nonnegative().describe('From 0, base first.'),
  digest: z.string().nullable().describe('Blob digest; null where the image store keeps no blobs.'),
  diffId: z.string(),
  mediaType: z.string(),
  downloadBytes: sizeOrNull.describe('Size of the blob; 0 when an earlier layer has the same digest.'),
  unpackedBytes: bytes,
  wastedBytes: bytes.describe('Bytes that this layer holds and the root filesystem does not show.'),
  hidesBytes: bytes.describe('Bytes of lower layers that this layer hid.'),
  origin: originSchema,
  originFrom: z.enum(['provenance', 'diff-id', 'history', 'unknown']),
  instruction: z.string().describe('From the Dockerfile for own layers, from history for those of the base.'),
  stage: maybe(z.string()),
  line: maybe(z.int().positive()).describe('First line of the instruction; of an ONBUILD trigger that of the FROM.'),
  lineEnd: maybe(z.int().positive()).describe('Its last line.'),
  lineFrom: maybe(z.enum(['provenance', 'history'])),
  fingerprint: maybe(z.string()).describe(
    'Of what the layer does to files, times aside: equal in a rebuild without a change. In what is recorded or compared.',
  ),
});

export const sizeSchema = z.object({
  downloadBytes: sizeOrNull,
  unpackedBytes: bytes,
  visibleBytes: bytes,
  wastedBytes: bytes,
  notes: z.array(z.string()).describe('Why a number is null, what was odd but weighed all the same.'),
});

export const userSchema = z.object({
  configured: z.string().describe('USER as the image config has it; empty means the default, root.'),
  uid: z.int().nonnegative().nullable().describe("Null when the image's passwd does not know the name."),
  gid: z.int().nonnegative().nullable(),
  name: maybe(z.string()),
  setBy: z.enum(['own', 'base', 'default']),
  line: maybe(z.int().positive()),
});

export const runtimeConfigSchema = z.object({
  entrypoint: z.array(z.string()).nullable(),
  cmd: z.array(z.string()).nullable(),
  workingDir: z.string(),
  env: z.array(z.string()).describe('Names only.'),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  healthcheck: maybe(z.array(z.string())),
  stopSignal: maybe(z.string()),
});

export const baseSchema = z.object({
  reference: maybe(z.string()).describe('The external image under the final stage, as resolved; `scratch` for none.'),
  digest: maybe(z.string()),
  line: maybe(z.int().positive()).describe('Of the FROM that names it.'),
  family: z.enum([
    'scratch',
    'distroless',
    'wolfi',
    'chiselled',
    'alpine',
    'debian',
    'ubuntu',
    'rhel',
    'azurelinux',
    'busybox',
    'other',
    'unknown',
  ]),
  viaStages: z.array(z.string()).describe('Local stages between the final stage and its base, final first.'),
});

export const madeBySchema = z
  .object({
    stage: z.string(),
    line: maybe(z.int().positive()),
    lineEnd: maybe(z.int().positive()),
  })
  .describe(
    'Of what a `COPY --from` brought: the stage that it was taken from, as far back as that is certain, and the lines that wrote it there, where those are.',
  );

export const listedFileSchema = z.object({
  path: z.string(),
  type: z.enum(['file', 'hardlink', 'symlink', 'directory', 'char', 'block', 'fifo']),
  mode: z.int().min(0).max(0o7777).describe('Permission bits with setuid, setgid and sticky, as a number.'),
  uid: z.int().nonnegative(),
  gid: z.int().nonnegative(),
  bytes: bytes.describe('Of the body that the name shows; 0 for what is no regular file.'),
  linkTarget: maybe(z.string()).describe('Of a symlink as written, of a hard link the path that it was made from.'),
  layer: z.int().nonnegative().describe('The layer that gave the name.'),
});

/** Types as package-url names them. */
export const packageSchema = z.object({
  type: z.enum(packageTypes),
  name: z.string(),
  version: z.string(),
  layer: maybe(z.int().nonnegative()).describe('The layer whose file says so.'),
});

/** All that is known of one image on one platform. `schemaVersion` of the report covers it. */
export const profileSchema = z.object({
  platform: z.string(),
  digest: z.string().nullable(),
  configDigest: z.string(),
  created: maybe(z.string()),
  size: sizeSchema,
  layers: z.array(profileLayerSchema).describe('Base first.'),
  user: userSchema,
  config: runtimeConfigSchema,
  base: baseSchema,
  files: z.object({
    count: z.int().nonnegative().describe('Names of regular files in the root filesystem.'),
    largest: z.array(z.object({ path: z.string(), bytes, layer: z.int().nonnegative(), madeBy: maybe(madeBySchema) })),
    list: maybe(z.array(listedFileSchema)).describe('What --path and --layer asked for, sorted by path.'),
  }),
  waste: z.array(
    z.object({
      path: z.string(),
      bytes,
      layer: z.int().nonnegative(),
      hiddenBy: z.int().nonnegative(),
      reason: z.enum(['overwritten', 'deleted', 'mode-or-owner']),
    }),
  ),
  packages: maybe(z.array(packageSchema)).describe(
    'Sorted by type, name and version. Absent in what was recorded before packages were read.',
  ),
  contents: maybe(contentsSchema).describe('Absent in what was recorded before contents were read.'),
  fileIndex: maybe(z.string()).describe('Every name of the root filesystem, compressed; only in what --record writes.'),
  focus: maybe(
    z.object({
      layer: maybe(z.int().nonnegative()).describe('Largest files, list and waste are those of this layer alone.'),
      paths: z.array(z.string()).describe('Globs that the list was made with.'),
    }),
  ).describe('What --path and --layer narrowed the lists to.'),
});

export type Origin = z.infer<typeof originSchema>;
export type ProfileLayer = z.infer<typeof profileLayerSchema>;
export type ListedFile = z.infer<typeof listedFileSchema>;
export type MadeBy = z.infer<typeof madeBySchema>;
export type Package = z.infer<typeof packageSchema>;
export type Profile = z.infer<typeof profileSchema>;
